"""SQLite's own program on a database of ours that a client has open."""

import asyncio
import os
import tempfile

from report import FACTS, attempt, expect


async def run(*command):
    """Runs a program; gives what it prints."""
    running = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    said, _ = await running.communicate()
    expect("how it ends", running.returncode, 0)
    return said.decode().strip()


async def ask(sql, path=FACTS["path"]):
    return await run("sqlite3", "-readonly", path, sql)


async def integrity():
    expect("what is wrong", await ask("PRAGMA integrity_check"), "ok")
    expect("the journal", await ask("PRAGMA journal_mode"), "wal")


async def our_tables():
    session = await ask("SELECT home_dc, user_id, bot, pts, qts, date, seq FROM ferogram_session")
    expect("the session", session, "2|7|1|1|2|3|4")
    key = await ask("SELECT dc, media, temporary, hex(key), time_offset FROM ferogram_key")
    expect("the key", key, f"2|0|0|{'AB' * 256}|-3")
    expect("the salt", await ask("SELECT salt FROM ferogram_salt"), str(2**63 - 1))
    expect("the channel", await ask("SELECT id, pts FROM ferogram_channel"), "5|6")


async def a_peer():
    sql = """SELECT p.id, p.access_hash, p.phone, n.written FROM ferogram_name n
        JOIN ferogram_peer p USING (session, kind, id) WHERE n.name = 'other8'"""
    expect("the peer", await ask(sql), f"8|{8 - 2**63}|8|Other8")


async def a_copy():
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "copy.db")
        await ask(f"VACUUM INTO '{path}'")
        expect("the account", await run(FACTS["program"], "look", path), "7")


async def main():
    await attempt("integrity", integrity())
    await attempt("our tables", our_tables())
    await attempt("a peer by name", a_peer())
    await attempt("a copy", a_copy())


asyncio.run(main())
