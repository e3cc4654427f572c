"""Our client's half of a login that travels: a program of its own, told and read as text."""

import asyncio

from report import FACTS, expect


async def ours(*arguments, text=""):
    """Runs it; gives what it prints."""
    running = await asyncio.create_subprocess_exec(
        FACTS["sessions"], *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await running.communicate(text.encode())
    expect("how our client ends", running.returncode, 0)
    return said.decode().strip()


async def exported(form):
    """The login of our client, which signs in as the bot."""
    return await ours("export", form)


async def imported(text, wanted):
    """Has our client open the login of a peer, which has to be that of an account."""
    expect("whose login it is", await ours("import", text=text), str(wanted))
