"""The runner that is Telethon with cryptg: `ADDRESS SESSION TASK PATH`, the server's key in RACE_KEY."""

import asyncio
import logging
import os
import sys
import time

import cryptg
from telethon import TelegramClient, connection, functions
from telethon.crypto import rsa
from telethon.sessions import StringSession

PAUSE = 0.005
# Whoever has opened the bot.
READER = "the_reader"


def reach(line):
    print(line, flush=True)
    sys.stdin.readline()


async def way(client, beside, work):
    """A file's way, and small calls beside it if they are wanted."""
    times = []

    async def calls():
        while True:
            begun = time.monotonic()
            await client(functions.updates.GetStateRequest())
            times.append(time.monotonic() - begun)
            await asyncio.sleep(PAUSE)

    reach("begin")
    begun = time.monotonic()
    calling = asyncio.create_task(calls()) if beside else None
    done = await work()
    seconds = time.monotonic() - begun
    said = f"done {seconds}"
    if calling:
        calling.cancel()
        times.sort()
        said += "".join(f" {times[len(times) * share // 100] if times else 0}" for share in (50, 99))
    reach(said)
    return done


async def main(address, _, task, path):
    assert cryptg, "without it Telethon enciphers in Python"
    host, port = address.rsplit(":", 1)
    rsa.add_key(os.environ["RACE_KEY"], old=False)
    logging.disable(logging.CRITICAL)
    one = TelegramClient(StringSession(), 1, "local", connection=connection.ConnectionTcpAbridged)
    one.session.set_dc(2, host, int(port))
    await one.connect()
    await one.sign_in(bot_token="1003:telethon")
    beside = task == "file-beside"
    file = await way(one, beside, lambda: one.upload_file(path))
    message = await one.send_file(READER, file, force_document=True)
    back = os.path.splitext(path)[0] + ".back"
    await way(one, beside, lambda: one.download_media(message, file=back))
    await one.disconnect()


asyncio.run(main(*sys.argv[1:]))
