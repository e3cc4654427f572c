"""kurigram's files on the local data centre, and ours."""

import asyncio
import hashlib
import importlib.util
import io
import json
import logging
import os

from report import FACTS, attempt, expect
from kurigram_client import client, learn_key, sign_in
from sessions import ours

# Where small files become large ones, parts end, and files do.
LENGTHS = [1, 511, (512 << 10) - 1, 512 << 10, (10 << 20) - 1, (10 << 20) + 1]
LONG = 100 << 20

# Without its module in C kurigram takes minutes for so much, and there is none for each Python: then
# neither sends it.
if importlib.util.find_spec("tgcrypto") is None:
    FACTS["long"] = False
    os.environ["INTEROP_FACTS"] = json.dumps(FACTS)
FILES_PATIENCE = 500


async def uploads(user):
    """Our client fetches the files of kurigram, and kurigram those of our client."""
    lengths = LENGTHS + [LONG] * FACTS["long"]
    for length in lengths:
        sent = io.BytesIO(os.urandom(length))
        sent.name = f"theirs-{length}.bin"
        caption = hashlib.sha256(sent.getbuffer()).hexdigest()
        await user.send_document("me", sent, caption=caption, force_document=True)
    await ours("files", str(len(lengths)))
    got = []
    async for message in user.get_chat_history("me", limit=len(lengths)):
        file = await user.download_media(message, in_memory=True)
        expect("the hash", hashlib.sha256(file.getbuffer()).hexdigest(), message.caption)
        got.append(len(file.getbuffer()))
    expect("the lengths", got[::-1], lengths)
    return ", ".join(str(length) for length in lengths) + " bytes"


async def main():
    logging.basicConfig(level=logging.WARNING)
    learn_key()
    user = client("files")
    await sign_in(user, FACTS["user"])
    await attempt("files both ways", uploads(user), FILES_PATIENCE)
    await user.log_out()


asyncio.run(main())
