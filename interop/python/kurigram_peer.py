"""kurigram on the local data centre."""

import asyncio
import logging

import rsa
from pyrogram import Client, errors, filters, handlers, raw
from pyrogram.connection import Connection
from pyrogram.connection.transport.tcp import (
    TCPAbridged,
    TCPAbridgedO,
    TCPFull,
    TCPIntermediate,
    TCPIntermediateO,
    TCPIntermediatePadded,
)
from pyrogram.crypto import rsa as keys

from report import FACTS, attempt, expect
from sessions import exported, imported

TRANSPORTS = {
    "full": TCPFull,
    "abridged": TCPAbridged,
    "intermediate": TCPIntermediate,
    "padded": TCPIntermediatePadded,
    "abridged obfuscated": TCPAbridgedO,
    "intermediate obfuscated": TCPIntermediateO,
}

# Padding that a peer cannot take off does not show in every packet: one call may pass by luck.
CALLS = 20


class Local(Connection):
    """A connection to the local data centre of that number, whatever address is asked for."""

    def __init__(self, *arguments, **named):
        super().__init__(*arguments, **named)
        [here] = [dc for dc in FACTS["dcs"] if dc["id"] == self.dc_id]
        self.server_address, self.port, self.ipv6 = here["host"], here["port"], False


def client(name, transport="abridged", **more):
    return Client(
        name,
        api_id=1,
        api_hash="local",
        in_memory=True,
        connection_factory=Local,
        protocol_factory=TRANSPORTS[transport],
        **more,
    )


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


async def sign_in(user, who):
    await user.connect()
    sent = await user.send_phone_number_code(who["phone"])
    asked = False
    try:
        await user.sign_in(who["phone"], sent.phone_code_hash, who["code"])
    except errors.SessionPasswordNeeded:
        asked = True
        await user.check_password(who["password"])
    await user.initialize()
    expect("whether a password is asked for", asked, "password" in who)
    expect("whose login it is", (await user.get_me()).id, who["id"])


async def our_session():
    one = client("ours", session_string=await exported("pyrogram"))
    expect("whether it is signed in", await one.connect(), True)
    expect("whose login it is", (await one.get_me()).id, FACTS["bot"]["id"])
    message = await one.send_message("me", "here now")
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
    public = rsa.PublicKey.load_pkcs1(FACTS["key"])
    fingerprint = int.from_bytes(bytes.fromhex(FACTS["fingerprint"]), "big", signed=True)
    keys.server_public_keys[fingerprint] = keys.PublicKey(public.n, public.e)
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
