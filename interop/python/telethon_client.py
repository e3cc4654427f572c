"""Telethon's client, as every program that uses it here has it."""

from telethon import TelegramClient, connection, errors
from telethon.crypto import rsa
from telethon.sessions import StringSession

from report import FACTS, expect

rsa.add_key(FACTS["key"], old=False)

TRANSPORTS = {
    "full": connection.ConnectionTcpFull,
    "abridged": connection.ConnectionTcpAbridged,
    "intermediate": connection.ConnectionTcpIntermediate,
    "obfuscated": connection.ConnectionTcpObfuscated,
}


def client(transport="full", session=None, **options):
    """A client that knows the local data centre, and its login if the session has one."""
    made = TelegramClient(
        session or StringSession(),
        1,
        "local",
        connection=TRANSPORTS[transport],
        connection_retries=1,
        request_retries=1,
        **options,
    )
    home = FACTS["dcs"][0]
    made.session.set_dc(home["id"], home["host"], home["port"])
    return made


async def sign_in(user, who):
    await user.connect()
    sent = await user.send_code_request(who["phone"])
    asked = False
    try:
        await user.sign_in(who["phone"], who["code"], phone_code_hash=sent.phone_code_hash)
    except errors.SessionPasswordNeededError:
        asked = True
        await user.sign_in(password=who["password"])
    expect("whether a password is asked for", asked, "password" in who)
    expect("whose login it is", (await user.get_me()).id, who["id"])
