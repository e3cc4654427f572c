"""The texts of `rust/texts`, read by the parsers of a peer, and what differs.

`texts.py telethon` and `texts.py kurigram` read them here, `texts.py by PROGRAM...` has a program
read them.
"""

import asyncio
import json
import subprocess
import sys
from pathlib import Path

from report import FACTS, tell

TEXTS = json.loads(Path(FACTS["texts"]).read_text())


def told(entity):
    """An entity as `rust/texts` tells it."""
    kind = type(entity).__name__
    kind = kind.removeprefix("InputMessageEntity").removeprefix("MessageEntity")
    more = ""
    for field in ("language", "url", "user_id", "document_id", "date"):
        more = getattr(entity, field, None) or more
    more = getattr(more, "user_id", more)
    if getattr(entity, "collapsed", None):
        more = "collapsed"
    return [kind, entity.offset, entity.length, str(more)]


def telethon():
    from telethon.extensions import html, markdown

    return {"HTML": html.parse, "Markdown": markdown.parse}


def kurigram():
    from pyrogram import raw
    from pyrogram.parser.html import HTML
    from pyrogram.parser.markdown import Markdown

    class Nobody:
        """A client that has met nobody: a mention stays what it says."""

        async def resolve_peer(self, user_id):
            return raw.types.InputUser(user_id=int(user_id), access_hash=0)

    def by(parser):
        def parse(source):
            made = asyncio.run(parser(Nobody()).parse(source))
            return made["message"], made["entities"] or []

        return parse

    return {"HTML": by(HTML), "Markdown": by(Markdown)}


def read_here(parse, source):
    """What a parser makes of a text; the error, if it makes nothing of it."""
    try:
        text, entities = parse(source)
    except Exception as error:
        return f"{type(error).__name__}: {error}", []
    return text, [told(entity) for entity in entities]


def read(form):
    """What the peer makes of all texts of a form."""
    return [read_here(PARSERS[form], one["source"]) for one in TEXTS[form]]


def read_there(command):
    """What a program makes of all texts."""
    asked = {form: [one["source"] for one in texts] for form, texts in TEXTS.items()}
    done = subprocess.run(command, input=json.dumps(asked), text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def judged(form, made):
    """Whether the peer differs in just those texts that have a piece which it is known to read in
    another way, and a note on that.
    """
    known = FACTS["known"].get(form, {})
    alike, others, seen = 0, [], set()
    for one, (text, entities) in zip(TEXTS[form], made):
        if (text, sorted(entities)) == (one["text"], sorted(one["entities"])):
            alike += 1
            continue
        why = known.keys() & set(one["shows"])
        seen |= why
        if not why:
            others.append((one, text, entities))
    if others:
        one, text, entities = min(others, key=lambda other: len(other[0]["source"]))
        return False, (
            f"{len(others)} differ otherwise than texts.json says, as {one['source']!r}: "
            f"{text!r} with {entities}, not {one['text']!r} with {one['entities']}"
        )
    if known.keys() - seen:
        return False, f"texts.json lists what does not differ: {sorted(known.keys() - seen)}"
    return True, f"{alike} of {len(made)} alike"


if sys.argv[1] == "by":
    made = read_there(sys.argv[2:])
else:
    PARSERS = {"telethon": telethon, "kurigram": kurigram}[sys.argv[1]]()
    made = {form: read(form) for form in TEXTS}
for form in TEXTS:
    tell(form, *judged(form, made[form]))
