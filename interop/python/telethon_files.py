"""Telethon's photos, albums, stickers and voice messages on the local data centre, and ours."""

import asyncio
import hashlib
import io
import json
import logging
import os
import tempfile
from pathlib import Path

from telethon import types
from telethon.utils import encode_waveform

from report import FACTS, attempt, expect
from sessions import killed, ours
from telethon_client import client, sign_in

# So many messages come of what each sends.
COUNT = 5

# A file that is on its way when our client is killed, and after how many of its steps that is.
LONG = (24 << 20) + 77
KILLS = [2, 4, 8]
KILLED_PATIENCE = 200


def picture(width, height):
    """A PNG file as far as its size goes, and then whatever."""
    head = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4)
    return head + bytes((at * 11 + width) % 256 for at in range(5000))


def named(content, name):
    file = io.BytesIO(content)
    file.name = name
    return file


def attributes(document):
    shown = {"kind": "document"}
    for one in document.attributes:
        match one:
            case types.DocumentAttributeSticker():
                shown |= {"kind": "sticker", "emoji": one.alt}
            case types.DocumentAttributeImageSize():
                shown["size"] = [one.w, one.h]
            case types.DocumentAttributeVideo():
                shown |= {"kind": "video", "size": [one.w, one.h], "seconds": one.duration}
            case types.DocumentAttributeAudio():
                kind = "voice" if one.voice else "audio"
                waveform = (one.waveform or b"").hex()
                shown |= {"kind": kind, "seconds": one.duration, "waveform": waveform}
            case types.DocumentAttributeFilename():
                shown["name"] = one.file_name
    return shown


async def shown(message):
    """What is seen of a message, as our client says it."""
    if message.photo:
        sizes = [
            [size.type, size.w, size.h] for size in message.photo.sizes
            if isinstance(size, (types.PhotoSize, types.PhotoSizeProgressive))
        ]
        seen = {"kind": "photo", "sizes": sizes}
    else:
        seen = attributes(message.document)
    got = await message.download_media(bytes)
    return seen | {
        "text": message.raw_text, "album": message.grouped_id is not None,
        "sha256": hashlib.sha256(got).hexdigest(),
    }


async def compared(user):
    """Both see the same in the last messages."""
    theirs = [await shown(message) async for message in user.iter_messages("me", limit=COUNT)]
    said = json.loads(await ours("tell-media", str(COUNT)))
    for number, (wanted, got) in enumerate(zip(said, theirs[::-1], strict=True)):
        expect(f"message {number}", got, wanted)
    return ", ".join(one["kind"] for one in said)


async def our_media(user):
    await ours("send-media")
    return await compared(user)


async def their_media(user):
    await user.send_file("me", named(picture(800, 600), "one.png"), caption="a photo")
    video = await user.upload_file(named(b"7" * 9000, "three.mp4"))
    video = types.InputMediaUploadedDocument(
        file=video, mime_type="video/mp4",
        attributes=[types.DocumentAttributeVideo(duration=2.5, w=320, h=240)],
    )
    await user.send_file("me", [named(picture(64, 48), "two.png"), video], caption="an album")
    sticker = [
        types.DocumentAttributeSticker("🐶", types.InputStickerSetEmpty()),
        types.DocumentAttributeImageSize(512, 512),
    ]
    await user.send_file("me", named(b"8" * 900, "four.webp"), attributes=sticker)
    waveform = encode_waveform(bytes(at % 32 for at in range(100)))
    voice = [types.DocumentAttributeAudio(duration=3, voice=True, waveform=waveform)]
    await user.send_file("me", named(b"9" * 900, "five.ogg"), attributes=voice, voice_note=True)
    return await compared(user)


async def our_killed_upload(user):
    """Our client sends a file, and is killed while it does: the peer has all of it in the end."""
    sent = os.urandom(LONG)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "up.bin").write_bytes(sent)
        firsts = await killed("go-up", folder, after=KILLS)
    expect("how far each run was", firsts, sorted(firsts))
    expect("whether it went on", firsts[-1] > 0, True)
    [message] = await user.get_messages("me", limit=1)
    expect("the caption", message.raw_text, hashlib.sha256(sent).hexdigest())
    got = await message.download_media(bytes)
    expect("the hash", hashlib.sha256(got).hexdigest(), message.raw_text)
    return f"killed at {firsts[1:]} of {LONG} bytes"


async def our_killed_download(user):
    """Our client fetches a file of the peer's, and is killed while it does."""
    sent = os.urandom(LONG)
    await user.send_file("me", named(sent, "long.bin"), force_document=True)
    with tempfile.TemporaryDirectory() as folder:
        firsts = await killed("go-down", folder, after=KILLS)
        got = Path(folder, "down.bin").read_bytes()
        left = sorted(os.listdir(folder))
    expect("how far each run was", firsts, sorted(set(firsts)))
    expect("the hash", hashlib.sha256(got).hexdigest(), hashlib.sha256(sent).hexdigest())
    expect("whether a part is left", [name for name in left if name.endswith(".part")], [])
    return f"killed at {firsts[1:]} of {LONG} bytes"


async def main():
    logging.basicConfig(level=logging.WARNING)
    user = client()
    await sign_in(user, FACTS["user"])
    await attempt("our media there", our_media(user))
    await attempt("their media here", their_media(user))
    await attempt("our upload killed", our_killed_upload(user), KILLED_PATIENCE)
    await attempt("our download killed", our_killed_download(user), KILLED_PATIENCE)
    await user.log_out()


asyncio.run(main())
