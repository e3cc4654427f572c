"""Messages seen alike by our client and a peer's.

Each of them has a hand: a program that is told on its input what to do, a line of JSON each, and says
on its output what has come of it, as `{"told": ..}` or `{"error": ..}`. A hand is started with the
name of the account in INTEROP_FACTS that it signs in to. What is not said here stays null:

found kind name        makes a channel or a supergroup with this public name
gather with            makes a basic group with somebody: its id, with the sign of the Bot API
join chat
send chat text [entities] [mentioned: the number of whom they mention] [reply_to] [poll: answers]
    [buttons: [text, data or address]]: the id
last chat              the id of the newest message
see chat id            what there is of a message: `Seen` below says which
edit chat id text [entities]; delete chat id; forward chat id to: the new id
react chat id with; pin chat id; unpin chat id
vote chat id answer    by its place; close chat id
link chat id           the link to a message; follow link: the id of the message that it leads to
press chat id data     what the bot has answered; answer with: the data of the next press

usage: messages.py TITLE COMMAND ...     the row, and the peer's hand
"""

import json
import subprocess
import sys
import threading
import traceback

from report import FACTS, expect

SECONDS = 200
CHATS = ["private", "group", "supergroup", "channel"]
EMOJI = "\U0001f600"


class Hand:
    """A program that does what it is told."""

    def __init__(self, command, who):
        self.child = subprocess.Popen(
            [*command, who], text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def do(self, what, **given):
        order = json.dumps({"do": what, **given})
        timer = threading.Timer(SECONDS, self.child.kill)
        timer.start()
        try:
            self.child.stdin.write(order + "\n")
            self.child.stdin.flush()
            line = self.child.stdout.readline()
        finally:
            timer.cancel()
        if not line:
            raise RuntimeError(f"the hand ended, told {order}")
        said = json.loads(line)
        if "error" in said:
            raise RuntimeError(f"{said['error']}, told {order}")
        return said["told"]

    def end(self):
        self.child.stdin.close()
        self.child.wait(SECONDS)


class Scene:
    """Two hands, and the conversations that they have: `does` acts, and `sees` looks."""

    def __init__(self, does, sees, names):
        self.does, self.sees, self.names = does, sees, names

    def send(self, chat, text, **given):
        """Sends a message: its ids for who has sent it and for who sees it."""
        there, here = self.names[chat]
        own = self.does.do("send", chat=there, text=text, **given)
        return own, self.sees.do("last", chat=here)

    def seen(self, chat, ids):
        """What both see: it has to be the same, but for ids of their own."""
        there, here = self.names[chat]
        one = self.does.do("see", chat=there, id=ids[0])
        other = self.sees.do("see", chat=here, id=ids[1])
        if one is None or other is None:
            return one or other
        expect("how a reply is seen", bool(other["reply_to"]), bool(one["reply_to"]))
        expect("what both see", {**other, "reply_to": 0}, {**one, "reply_to": 0})
        return other

    def act(self, what, chat, ids, **given):
        return self.does.do(what, chat=self.names[chat][0], id=ids[0], **given)


def edits(scene):
    for chat in CHATS:
        ids = scene.send(chat, "before")
        marks = [["bold", 0, 2], ["italic", 3, 5]]
        scene.act("edit", chat, ids, text=f"{EMOJI} after", entities=marks)
        seen = scene.seen(chat, ids)
        expect("the text", (seen["text"], seen["entities"]), (f"{EMOJI} after", marks))
        expect("whether it says so", seen["edited"], True)
    return ", ".join(CHATS)


def deletions(scene):
    for chat in CHATS:
        ids = scene.send(chat, "gone")
        scene.act("delete", chat, ids)
        expect("what is left", scene.seen(chat, ids), None)
    return ", ".join(CHATS)


def forwards(scene):
    note = scene.does.do("send", chat="me", text="a note")
    for chat in CHATS:
        own = scene.does.do("forward", chat="me", id=note, to=scene.names[chat][0])
        seen = scene.seen(chat, (own, scene.sees.do("last", chat=scene.names[chat][1])))
        expect("the text", seen["text"], "a note")
        expect("whether it says whose it was", seen["forwarded"] is not None, True)
    return ", ".join(CHATS)


def reactions(scene):
    for chat in CHATS:
        ids = scene.send(chat, "well?")
        for emoji, counted in [("\u2764", {"\u2764": 1}), ("\U0001f44d", {"\U0001f44d": 1})]:
            scene.act("react", chat, ids, **{"with": emoji})
            expect("the reactions", scene.seen(chat, ids)["reactions"], counted)
    return ", ".join(CHATS)


def polls(scene):
    for chat in CHATS[1:]:
        ids = scene.send(chat, f"Tea? {EMOJI}", poll=["Yes", "No"])
        there, here = scene.names[chat]
        scene.does.do("vote", chat=there, id=ids[0], answer=1)
        if chat != "channel":
            scene.sees.do("vote", chat=here, id=ids[1], answer=1)
        scene.does.do("close", chat=there, id=ids[0])
        votes = 1 if chat == "channel" else 2
        poll = {"question": f"Tea? {EMOJI}", "answers": [["Yes", 0], ["No", votes]], "closed": True}
        expect("the poll", scene.seen(chat, ids)["poll"], poll)
    return ", ".join(CHATS[1:])


def pins(scene):
    for chat in CHATS:
        ids = scene.send(chat, "read this")
        for what, pinned in [("pin", True), ("unpin", False)]:
            scene.act(what, chat, ids)
            expect(f"whether it is pinned after {what}", scene.seen(chat, ids)["pinned"], pinned)
    return ", ".join(CHATS)


# Each with what it says besides its place: all that people make, and not the server.
MARKS = [
    ["bold"], ["italic"], ["underline"], ["strike"], ["spoiler"], ["code"], ["pre", "c++"],
    ["link", "http://h.example/?a=1&b=2"], ["quote", False], ["quote", True],
    ["mention", FACTS["guarded"]["id"]], ["emoji", "5368324170671202286"], ["time", 1647531900],
]


def entities(scene):
    count = 0
    for kind, *more in MARKS:
        for before in ["", EMOJI, "e\u0301 "]:
            for inside in ["x", EMOJI, f"a{EMOJI}b"]:
                units = lambda text: len(text.encode("utf-16-le")) // 2
                mark = [kind, units(before), units(inside), *more]
                text = before + inside + EMOJI
                given = {"mentioned": "+" + FACTS["guarded"]["phone"]} if kind == "mention" else {}
                ids = scene.send("supergroup", text, entities=[mark], **given)
                seen = scene.seen("supergroup", ids)
                expect("what is marked", (seen["text"], seen["entities"]), (text, [mark]))
                count += 1
    return f"{count} texts"


def replies(scene):
    for chat in CHATS:
        first = scene.send(chat, "a question")
        ids = scene.send(chat, "an answer", reply_to=first[0])
        there, here = scene.names[chat]
        expect("what is answered", scene.does.do("see", chat=there, id=ids[0])["reply_to"], first[0])
        expect("what is answered", scene.sees.do("see", chat=here, id=ids[1])["reply_to"], first[1])
    return ", ".join(CHATS)


def links(scene):
    for chat in CHATS[2:]:
        ids = scene.send(chat, "here")
        link = scene.act("link", chat, ids)
        expect("where the link leads", scene.sees.do("follow", link=link), ids[1])
    return ", ".join(CHATS[2:])


def keyboards(user, bot):
    """A bot's buttons, which somebody presses: the one hand is the user's, the other the bot's."""
    user.do("send", chat="@" + FACTS["bot"]["username"], text="/start")
    buttons = [["Yes", "tea:yes"], ["Read", "https://h.example/"]]
    bot.do("send", chat=str(FACTS["user"]["id"]), text="Tea?", buttons=buttons)
    name = "@" + FACTS["bot"]["username"]
    last = user.do("last", chat=name)
    expect("the buttons", user.do("see", chat=name, id=last)["buttons"], ["Yes", "Read"])
    told = []
    answers = threading.Thread(
        target=lambda: told.append(bot.do("answer", **{"with": f"so be it {EMOJI}"})))
    answers.start()
    answer = user.do("press", chat=name, id=last, data="tea:yes")
    answers.join()
    expect("what the user hears", answer, f"so be it {EMOJI}")
    expect("what the bot hears", told, ["tea:yes"])


STEPS = [edits, deletions, forwards, replies, reactions, polls, pins, entities, links]


def attempt(row, capability, steps):
    """Says in one line whether a capability works."""
    ok, note = True, ""
    try:
        note = steps() or ""
    except Exception as error:
        traceback.print_exc()
        ok, note = False, str(error)
    print(json.dumps({"capability": capability, "row": row, "ok": ok, "note": note}), flush=True)


def meet(first, second, name):
    """Lets both have a conversation of each kind: how each of them names it."""
    users = [FACTS["user"], FACTS["guarded"]]
    phones = ["+" + user["phone"] for user in users]
    first.do("send", chat=phones[1], text="hello")
    second.do("send", chat=phones[0], text="hello")
    group = first.do("gather", **{"with": phones[1]})
    names = {"private": (phones[1], phones[0]), "group": (group, group)}
    for kind in ["supergroup", "channel"]:
        called = f"{name}_{kind}_of_all"
        first.do("found", kind=kind, name=called)
        second.do("join", chat="@" + called)
        names[kind] = ("@" + called, "@" + called)
    return names


def main(title, *peer):
    ours = [FACTS["sessions"], "hand"]
    for row, commands in [("ours acts", (ours, peer)), ("theirs acts", (peer, ours))]:
        row = f"{title}, {row}"
        first, second = Hand(commands[0], "user"), Hand(commands[1], "guarded")
        bot = Hand(commands[1], "bot")
        try:
            scene = Scene(first, second, meet(first, second, "a" if commands[0] == ours else "b"))
            for step in STEPS:
                attempt(row, step.__name__, lambda: step(scene))
            attempt(row, "keyboards", lambda: keyboards(first, bot))
        finally:
            for hand in (first, second, bot):
                hand.end()


main(*sys.argv[1:])
