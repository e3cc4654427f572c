"""Telethon on the local data centre."""

import asyncio
import base64
import hashlib
import json
import logging
import os
import tempfile

import telethon
from telethon import TelegramClient, errors, events, functions, types
from telethon.sessions import SQLiteSession, StringSession

from report import FACTS, PATIENCE, attempt, expect
from sessions import exported, exported_file, imported, imported_file, ours, talking
from telethon_client import TRANSPORTS, client, sign_in


async def key_exchange():
    one = client()
    await one.connect()
    config = await one(functions.help.GetConfigRequest())
    expect("this_dc", config.this_dc, FACTS["dcs"][0]["id"])
    await one.disconnect()


async def transports():
    for name in TRANSPORTS:
        one = client(name)
        await one.connect()
        config = await one(functions.help.GetConfigRequest())
        expect("this_dc", config.this_dc, FACTS["dcs"][0]["id"])
        await one.disconnect()
    return ", ".join(TRANSPORTS)


async def our_session():
    text = await exported("telethon")
    one = TelegramClient(StringSession(text), 1, "local", connection_retries=1, request_retries=1)
    await one.connect()
    expect("whose login it is", (await one.get_me()).id, FACTS["bot"]["id"])
    message = await one.send_message(FACTS["user"]["id"], "here now")
    expect("the text", message.text, "here now")
    await one.disconnect()


async def their_session():
    one = client()
    await sign_in(one, FACTS["user"])
    text = one.session.save()
    await one.disconnect()
    await imported(text, FACTS["user"]["id"])


async def our_code(user):
    """Telethon lets in our client, which shows a QR code."""
    async with talking("show") as (link, came_in):
        token = link.split("token=")[1]
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        accepted = await user(functions.auth.AcceptLoginTokenRequest(raw))
        expect("whether it is this login", accepted.current, False)
        expect("whose login it is", await came_in(), str(FACTS["user"]["id"]))


async def their_code():
    """Our client lets in Telethon, which shows a QR code."""
    one = client()
    await one.connect()
    code = await one.qr_login()
    waiting = asyncio.create_task(code.wait(PATIENCE))
    await asyncio.sleep(0)  # It has to wait before the code is scanned.
    await ours("scan", code.url)
    expect("whose login it is", (await waiting).id, FACTS["user"]["id"])
    expect("whose login it is", (await one.get_me()).id, FACTS["user"]["id"])
    expect("logging out", await one.log_out(), True)


async def our_password(user):
    """Telethon proves a password that our client has set, and takes it away."""
    expect("what our client says", await ours("set-password", "swordfish"), "set")
    one = client()
    await sign_in(one, {**FACTS["user"], "password": "swordfish"})
    await one.log_out()
    expect("the change", await user.edit_2fa(current_password="swordfish"), True)


async def their_password(user):
    """Our client proves a password that Telethon has set."""
    expect("the change", await user.edit_2fa(new_password="haddock", hint="a fish"), True)
    said = await ours("check-password", "haddock")
    expect("whose login it is", said, str(FACTS["user"]["id"]))
    await user.edit_2fa(current_password="haddock")


async def logins(user):
    return (await user(functions.account.GetAuthorizationsRequest())).authorizations


# Where small files become large ones, parts end, and files do.
LENGTHS = [1, 511, (512 << 10) - 1, 512 << 10, (10 << 20) - 1, (10 << 20) + 1]
LONG = 100 << 20
FILES_PATIENCE = 300


async def uploads(user):
    """Our client fetches the files of Telethon, and Telethon those of our client."""
    all_lengths = LENGTHS + [LONG] * FACTS["long"]
    for length in all_lengths:
        sent = os.urandom(length)
        await user.send_file(
            "me", sent, caption=hashlib.sha256(sent).hexdigest(), force_document=True,
            attributes=[types.DocumentAttributeFilename(f"theirs-{length}.bin")],
        )
    await ours("files", str(len(all_lengths)))
    lengths = []
    async for message in user.iter_messages("me", limit=len(all_lengths)):
        got = await message.download_media(bytes)
        expect("the hash", hashlib.sha256(got).hexdigest(), message.raw_text)
        lengths.append(len(got))
    expect("the lengths", lengths[::-1], all_lengths)
    return ", ".join(str(length) for length in all_lengths) + " bytes"


async def our_login(user):
    """Telethon lists a login of our client, and ends it."""
    async with talking("stay") as (device, end):
        [there] = [it.hash for it in await logins(user) if it.device_model == device]
        ended = await user(functions.account.ResetAuthorizationRequest(there))
        expect("whether it is ended", ended, True)
        expect("what our client says", await end(), "ended")


async def their_login(user):
    """Our client lists a login of Telethon, and ends it."""
    before = {it.hash for it in await logins(user)}
    one = client()
    await sign_in(one, FACTS["user"])
    [there] = {it.hash for it in await logins(user)} - before
    [device] = [it.device_model for it in await logins(one) if it.current]
    expect("the device", await ours("end", str(there)), device)
    try:
        await logins(one)
    except errors.UnauthorizedError:
        return
    finally:
        await one.disconnect()
    raise AssertionError("the login goes on")


def same(name, theirs, told):
    """Telethon has to see what our client sees."""
    expect(name, sorted(theirs) if isinstance(theirs, list) else theirs, told[name])


def summed(ids):
    return [len(ids), sum(ids)]


async def contacts(user, told):
    """What our client has written down, and then the other way."""
    theirs = await user(functions.contacts.GetContactsRequest(0))
    names = [[u.id, telethon.utils.get_display_name(u)] for u in theirs.users]
    same("contacts", names, told)
    bot = await user.get_input_entity(FACTS["bot"]["username"])
    await user(functions.contacts.AddContactRequest(bot, "Echo", "the second", ""))
    now = json.loads(await ours("tell"))
    wanted = sorted([*names, [FACTS["bot"]["id"], "Echo the second"]])
    expect("what our client sees", sorted(now["contacts"]), wanted)


def rules(answer):
    return [type(rule).__name__[0].lower() + type(rule).__name__[1:] for rule in answer.rules]


async def privacy(user, told):
    """The rules that our client has set, and then the other way."""
    key = types.InputPrivacyKeyPhoneNumber()
    theirs = await user(functions.account.GetPrivacyRequest(key))
    expect("privacy", rules(theirs), told["privacy"])
    new = [types.InputPrivacyValueAllowCloseFriends(), types.InputPrivacyValueDisallowAll()]
    await user(functions.account.SetPrivacyRequest(key, new))
    now = json.loads(await ours("tell"))
    wanted = ["privacyValueAllowCloseFriends", "privacyValueDisallowAll"]
    expect("what our client sees", now["privacy"], wanted)


async def dialogs(user, told):
    all_of_them = [dialog async for dialog in user.iter_dialogs()]
    same("chats", [dialog.id for dialog in all_of_them], told)
    same("pinned", [dialog.id for dialog in all_of_them if dialog.pinned], told)
    same("archived", [dialog.id for dialog in all_of_them if dialog.archived], told)
    return f"{len(all_of_them)} dialogs"


async def long_history(user, told):
    ids = [message.id async for message in user.iter_messages("the_long_one", wait_time=0)]
    same("messages", summed(ids), told)


async def search(user, told):
    ids = [message.id async for message in user.iter_messages("the_long_one", search="tulip", wait_time=0)]
    same("found", summed(ids), told)


async def lists():
    """What an account has, as our client and Telethon see it."""
    told = json.loads(await ours("fill"))
    user = client()
    await sign_in(user, FACTS["user"])
    await attempt("contacts", contacts(user, told))
    await attempt("privacy", privacy(user, told))
    await attempt("300 dialogs", dialogs(user, told))
    await attempt("10,000 messages", long_history(user, told))
    await attempt("a search", search(user, told))
    await user.log_out()


async def our_file(folder):
    path = os.path.join(folder, "ours.session")
    await exported_file("telethon", path)
    one = TelegramClient(path, 1, "local", connection_retries=1, request_retries=1)
    stranger = await one.get_input_entity("stranger")
    expect("the stranger", (stranger.user_id, stranger.access_hash), (4_000_000_000, -5_000_000_000))
    expect("who has the number", await one.get_input_entity("+15550009"), stranger)
    await one.connect()
    expect("whose login it is", (await one.get_me()).id, FACTS["bot"]["id"])
    message = await one.send_message(FACTS["user"]["id"], "here now")
    expect("the text", message.text, "here now")
    await one.disconnect()


async def their_file(folder):
    path = os.path.join(folder, "theirs.session")
    one = client(session=SQLiteSession(path))
    await sign_in(one, FACTS["user"])
    await one.send_message(FACTS["bot"]["username"], "good night")
    await one.disconnect()
    await imported_file(path, FACTS["bot"]["username"], FACTS["user"]["id"])


async def main():
    logging.basicConfig(level=logging.WARNING)
    if not await attempt("key exchange", key_exchange()):
        return
    await attempt("transports", transports())

    bot, alice, robert = client(), client(), client()
    heard = asyncio.Queue()
    answers = asyncio.Queue()

    @bot.on(events.NewMessage(incoming=True))
    async def echo(event):
        heard.put_nowait(event.raw_text)
        await event.respond("you said " + event.raw_text)

    @alice.on(events.NewMessage(incoming=True))
    async def listen(event):
        answers.put_nowait(event.raw_text)

    async def bot_login():
        await bot.connect()
        await bot.sign_in(bot_token=FACTS["bot"]["token"])

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
        texts = [m.raw_text async for m in alice.iter_messages(FACTS["bot"]["username"])]
        expect("the history", texts[:2], ["you said good morning", "good morning"])

    async def log_out():
        for one in (alice, robert, bot):
            expect("logging out", await one.log_out(), True)

    await attempt("bot login", bot_login())
    await attempt("code login", sign_in(alice, FACTS["user"]))
    await attempt("password login", sign_in(robert, FACTS["guarded"]))
    await attempt("get_me", get_me())
    await attempt("send", send())
    await attempt("receive", receive())
    await attempt("history", history())
    await attempt("our QR code there", our_code(alice))
    await attempt("their QR code here", their_code())
    await attempt("our password there", our_password(alice))
    await attempt("their password here", their_password(alice))
    await attempt("our login ended there", our_login(alice))
    await attempt("their login ended here", their_login(alice))
    await attempt("files both ways", uploads(alice), FILES_PATIENCE)
    await attempt("log out", log_out())
    await attempt("our session there", our_session())
    await attempt("their session here", their_session())
    await lists()
    with tempfile.TemporaryDirectory() as folder:
        await attempt("our file there", our_file(folder))
        await attempt("their file here", their_file(folder))


asyncio.run(main())
