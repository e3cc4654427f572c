"""kurigram's client, as every program that uses it here has it."""

import rsa
from pyrogram import Client, errors
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

from report import FACTS, expect

TRANSPORTS = {
    "full": TCPFull,
    "abridged": TCPAbridged,
    "intermediate": TCPIntermediate,
    "padded": TCPIntermediatePadded,
    "abridged obfuscated": TCPAbridgedO,
    "intermediate obfuscated": TCPIntermediateO,
}


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


def learn_key():
    """From now on the key of the local data centre is known."""
    public = rsa.PublicKey.load_pkcs1(FACTS["key"])
    fingerprint = int.from_bytes(bytes.fromhex(FACTS["fingerprint"]), "big", signed=True)
    keys.server_public_keys[fingerprint] = keys.PublicKey(public.n, public.e)


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
