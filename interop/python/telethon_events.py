"""What happens, told by Telethon to our client and the other way round; our bot, used by Telethon."""

import asyncio
import json
import logging
import os
import tempfile
from contextlib import asynccontextmanager

from telethon import events, functions
from telethon.sessions import SQLiteSession
from telethon.tl.types import PeerChannel

from report import FACTS, attempt, expect
from telethon_client import client, sign_in

# What there is to tell takes its time.
LONG = 240
COUNT = FACTS["doings"]


@asynccontextmanager
async def ours(*arguments):
    """Runs our client's half; gives what reads its next line and what writes it one."""
    running = await asyncio.create_subprocess_exec(
        FACTS["events"], *map(str, arguments),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=1 << 24,
    )

    async def line():
        said = (await running.stdout.readline()).decode().strip()
        if not said:
            raise AssertionError(f"our client ended with {await running.wait()}")
        return said

    def tell(text=""):
        running.stdin.write(text.encode() + b"\n")

    try:
        yield line, tell, running.stdin.close
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


async def chats(user):
    """Makes the chats of the plan."""
    robert = await user.get_input_entity("robert")
    group = (await user(functions.messages.CreateChatRequest([robert], "A group"))).updates
    made = {"private": robert, "group": group.chats[0]}
    for place in ("supergroup", "channel"):
        create = functions.channels.CreateChannelRequest(
            place, "", megagroup=place == "supergroup", broadcast=place == "channel"
        )
        made[place] = (await user(create)).chats[0]
        await user(functions.channels.InviteToChannelRequest(made[place], [robert]))
    return made


async def ours_hears():
    """Telethon writes, edits and deletes; our client is told of it, however often it is cut off."""
    async with ours("plan", COUNT) as (line, _, _):
        plan = json.loads(await line())
    alice = client()
    await sign_in(alice, FACTS["user"])
    async with ours("hear", COUNT) as (line, _, _):
        expect("what our client says", await line(), "ready")
        places, sent = await chats(alice), {}
        for step in plan:
            there, which = places[step["place"]], (step["place"], step["number"])
            if step["do"] == "send":
                sent[which] = (await alice.send_message(there, step["text"])).id
            elif step["do"] == "edit":
                await alice.edit_message(there, sent[which], step["text"])
            else:
                await alice.delete_messages(there, [sent[which]])
        note = await line()
    await alice.log_out()
    return note


def listen(user, tell):
    """From now on `tell` is given what happens, as our checker reads it."""

    def numbering(message):
        peer = message.peer_id
        return peer.channel_id if isinstance(peer, PeerChannel) else None

    @user.on(events.NewMessage(incoming=True))
    async def new(event):
        told = {"do": "new", "channel": numbering(event.message), "id": event.id}
        tell(json.dumps({**told, "text": event.raw_text}))

    @user.on(events.MessageEdited)
    async def edited(event):
        tell(json.dumps({"do": "edit", "text": event.raw_text}))

    @user.on(events.MessageDeleted)
    async def deleted(event):
        channel = event._chat_peer.channel_id if event._chat_peer else None
        tell(json.dumps({"do": "delete", "channel": channel, "ids": event.deleted_ids}))


async def catches_up(folder, found):
    """Telethon is away while our client writes, edits and deletes, and makes up for it."""
    session = lambda: SQLiteSession(os.path.join(folder, "robert.session"))
    async with ours("check", COUNT) as (verdict, tell, end):
        one, early = client(session=session(), sequential_updates=True), []
        listen(one, lambda event: (early.append(event), tell(event)))
        await sign_in(one, FACTS["guarded"])
        async with ours("act", COUNT) as (line, go_on, _):
            expect("what our client says", await line(), "away?")
            # It forgets what it has taken in and not told when it goes.
            while len(early) < COUNT // 10:
                await asyncio.sleep(0.05)
            await one.disconnect()
            go_on()
            expect("what our client says", await line(), "done")
        two = client(session=session(), sequential_updates=True, catch_up=True)
        listen(two, tell)
        await two.connect()
        found.append(await verdict())
        await asyncio.sleep(1)  # What comes twice comes soon.
        await two.log_out()
        end()
        return await verdict() if found == ["complete"] else ""


async def changes(found):
    """Whether edits and deletions were among what it made up for."""
    expect("what our checker says", found, ["complete"])


async def our_bot(user, lines):
    """Our bot answers as the script says."""
    answers = asyncio.Queue()

    @user.on(events.NewMessage(incoming=True))
    async def listen(event):
        answers.put_nowait(event.message)

    last = None
    for step in lines:
        if "say" in step:
            await user.send_message(FACTS["bot"]["username"], step["say"])
            last = await answers.get()
            got = last.raw_text
        else:
            got = (await last.click(data=step["press"].encode())).message
        expect(f"the answer to {step}", got, step["hear"])
    user.remove_event_handler(listen)


async def main():
    logging.basicConfig(level=logging.WARNING)
    await attempt("ours is told", ours_hears(), LONG)
    with tempfile.TemporaryDirectory() as folder:
        found = []
        await attempt("what it missed", catches_up(folder, found), LONG)
        await attempt("what was changed", changes(found))
    async with ours("script") as (line, _, _):
        script = json.loads(await line())
    async with ours("bot") as (line, _, end):
        expect("what our bot says", await line(), "ready")
        alice = client()
        await sign_in(alice, FACTS["user"])
        for part in script:
            await attempt(part["capability"], our_bot(alice, part["lines"]))
        await alice.log_out()
        end()


if __name__ == "__main__":
    asyncio.run(main())
