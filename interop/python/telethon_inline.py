"""Inline mode: our bot is asked by Telethon, and a bot of Telethon's by our client."""

import asyncio
import logging

from telethon import events

from report import FACTS, attempt, expect
from telethon_client import client, sign_in
from telethon_events import ours

QUERY = "numbers"
WANTED = ["1: Number 1, false", "2: Number 2, false", "3: Number 3, true"]


async def our_bot():
    """Telethon asks our bot, page by page, and sends all that it offers."""
    alice = client()
    await sign_in(alice, FACTS["user"])
    async with ours("bot") as (line, _, end):
        expect("what our bot says", await line(), "ready")
        offset, got = "", []
        while offset is not None:
            name = FACTS["bot"]["username"]
            results = await alice.inline_query(name, QUERY, entity="me", offset=offset)
            for result in results:
                message = await result.click("me")
                expect("the bot", message.via_bot_id, FACTS["bot"]["id"])
                is_file = "true" if message.document else "false"
                got.append(f"{result.result.id}: {message.raw_text}, {is_file}")
            offset = results.result.next_offset or None
        expect("what our bot offers", got, WANTED)
        end()
    await alice.log_out()


async def their_bot():
    """Our client does the same with a bot of Telethon's."""
    bot = client()
    await bot.connect()
    await bot.sign_in(bot_token=FACTS["bot"]["token"])

    @bot.on(events.InlineQuery)
    async def answer(event):
        make = event.builder
        expect("what is asked for", event.text, QUERY)
        if event.offset:
            text = {"text": "Number 3", "type": "file", "id": "3"}
            one = await make.document(b"Number 3", "3", **text)
            return await event.answer([one], private=True, cache_time=0)
        numbers = [
            make.article(str(n), QUERY, text=f"Number {n}", id=str(n)) for n in (1, 2)
        ]
        return await event.answer(numbers, private=True, cache_time=0, next_offset="2")

    async with ours("ask", FACTS["bot"]["username"]) as (line, _, _):
        expect("what it offers", (await line()).split("; "), WANTED)
    await bot.log_out()


async def main():
    logging.basicConfig(level=logging.WARNING)
    await attempt("our bot's results there", our_bot())
    await attempt("their bot's results here", their_bot())


asyncio.run(main())
