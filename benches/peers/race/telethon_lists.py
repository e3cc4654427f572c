"""The runner that is Telethon: `ADDRESS PHONE CODE`, with the server's key in RACE_KEY."""

import asyncio
import logging
import os
import sys
import time

from telethon import TelegramClient, connection
from telethon.crypto import rsa
from telethon.sessions import StringSession


async def main(address, phone, code):
    host, port = address.rsplit(":", 1)
    rsa.add_key(os.environ["RACE_KEY"], old=False)
    logging.disable(logging.CRITICAL)
    one = TelegramClient(StringSession(), 1, "local", connection=connection.ConnectionTcpAbridged)
    one.session.set_dc(2, host, int(port))
    await one.connect()
    sent = await one.send_code_request(phone)
    await one.sign_in(phone, code, phone_code_hash=sent.phone_code_hash)
    long, crowd = await one.get_input_entity("the_long"), await one.get_input_entity("the_crowd")
    lists = [
        ("messages", lambda: one.iter_messages(long, wait_time=0)),
        ("dialogs", lambda: one.iter_dialogs()),
        ("participants", lambda: one.iter_participants(crowd)),
        ("ten", lambda: one.iter_messages(long, limit=10)),
    ]
    for name, items in lists:
        print("begin", name, flush=True)
        sys.stdin.readline()
        begun, count = time.monotonic(), 0
        async for _ in items():
            count += 1
        print("done", count, time.monotonic() - begun, flush=True)
        sys.stdin.readline()
    await one.disconnect()


asyncio.run(main(*sys.argv[1:]))
