"""kurigram on the local data centre."""

import asyncio
import logging

from pyrogram import filters, handlers, raw

from kurigram_client import TRANSPORTS, client, learn_key, sign_in
from report import FACTS, attempt, expect
from sessions import exported, imported

# Padding that a peer cannot take off does not show in every packet: one call may pass by luck.
CALLS = 20


async def ask(one):
    await one.connect()
    for _ in range(CALLS):
        # A new session of kurigram starts in data centre 2.
        config = await one.invoke(raw.functions.help.GetConfig())
        expect("this_dc", config.this_dc, 2)
    await one.disconnect()


async def transports():
    for name in TRANSPORTS:
        try:
            await ask(client(name, name))
        except Exception as error:
            raise AssertionError(f"{name}: {type(error).__name__}: {error}") from error
    return ", ".join(TRANSPORTS)


async def our_session():
    one = client("ours", session_string=await exported("pyrogram"))
    expect("whether it is signed in", await one.connect(), True)
    expect("whose login it is", (await one.get_me()).id, FACTS["bot"]["id"])
    message = await one.send_message(FACTS["user"]["id"], "here now")
    expect("the text", message.text, "here now")
    await one.disconnect()


async def their_session():
    one = client("theirs")
    await sign_in(one, FACTS["user"])
    text = await one.export_session_string()
    await one.terminate()
    await one.disconnect()
    await imported(text, FACTS["user"]["id"])


async def main():
    logging.basicConfig(level=logging.WARNING)
    learn_key()
    if not await attempt("key exchange", ask(client("first"))):
        return
    await attempt("transports", transports())

    bot, alice, robert = client("bot"), client("alice"), client("robert")
    heard, answers = asyncio.Queue(), asyncio.Queue()

    async def echo(_, message):
        heard.put_nowait(message.text)
        await bot.send_message(message.chat.id, "you said " + message.text)

    async def listen(_, message):
        answers.put_nowait(message.text)

    bot.add_handler(handlers.MessageHandler(echo, filters.incoming))
    alice.add_handler(handlers.MessageHandler(listen, filters.incoming))

    async def bot_login():
        await bot.connect()
        await bot.sign_in_bot(FACTS["bot"]["token"])
        await bot.initialize()
        await bot.invoke(raw.functions.updates.GetState())

    async def code_login():
        await sign_in(alice, FACTS["user"])
        await alice.invoke(raw.functions.updates.GetState())

    async def get_me():
        expect("the bot's name", (await bot.get_me()).username, FACTS["bot"]["username"])
        expect("the user's id", (await alice.get_me()).id, FACTS["user"]["id"])

    async def send():
        message = await alice.send_message(FACTS["bot"]["username"], "good morning")
        expect("the text", message.text, "good morning")

    async def receive():
        expect("what the bot hears", await heard.get(), "good morning")
        expect("what the user hears", await answers.get(), "you said good morning")

    async def history():
        texts = [m.text async for m in alice.get_chat_history(FACTS["bot"]["username"])]
        expect("the history", texts[:2], ["you said good morning", "good morning"])

    async def log_out():
        for one in (alice, robert, bot):
            await one.log_out()

    await attempt("bot login", bot_login())
    await attempt("code login", code_login())
    await attempt("password login", sign_in(robert, FACTS["guarded"]))
    await attempt("get_me", get_me())
    await attempt("send", send())
    await attempt("receive", receive())
    await attempt("history", history())
    await attempt("log out", log_out())
    await attempt("our session there", our_session())
    await attempt("their session here", their_session())


asyncio.run(main())
