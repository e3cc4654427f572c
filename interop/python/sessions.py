"""Our client's half of a login that travels: a program of its own, told and read as text or a file."""

import asyncio
from contextlib import asynccontextmanager

from report import FACTS, expect


async def ours(*arguments, text=""):
    """Runs it; gives what it prints."""
    running = await asyncio.create_subprocess_exec(
        FACTS["sessions"], *arguments, stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE
    )
    said, _ = await running.communicate(text.encode())
    expect("how our client ends", running.returncode, 0)
    return said.decode().strip()


async def killed(*arguments, after):
    """Has our client do what says how far it is, a number a line, and kills it after so many lines,
    once for each number given; then lets it come to its end. Gives the first number of each run.
    """
    firsts = []
    for lines in [*after, None]:
        running = await asyncio.create_subprocess_exec(
            FACTS["sessions"], *arguments, stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        said = []
        while line := await running.stdout.readline():
            said.append(int(line))
            if len(said) == lines:
                break
            running.stdin.write(b"\n")
            await running.stdin.drain()
        if lines is not None:
            running.kill()
        code = await running.wait()
        expect("whether our client was killed", code != 0, lines is not None)
        firsts.append(said[0])
    return firsts


@asynccontextmanager
async def talking(command):
    """Has our client do what takes a while; gives its first line, and what waits for the last."""
    running = await asyncio.create_subprocess_exec(
        FACTS["sessions"], command, stdout=asyncio.subprocess.PIPE
    )

    async def end():
        said, _ = await running.communicate()
        expect("how our client ends", running.returncode, 0)
        return said.decode().strip()

    try:
        yield (await running.stdout.readline()).decode().strip(), end
    finally:
        if running.returncode is None:
            running.kill()


async def exported(form):
    """The login of our client, which signs in as the bot."""
    return await ours("export", form)


async def exported_file(form, path):
    """The login of our client as a session file, with a user in it whom the bot has not met."""
    await ours("export-file", form, path)


async def imported_file(path, name, wanted):
    """Has our client open a peer's session file, in which somebody has to have that public name."""
    expect("whose login it is", await ours("import-file", path, name), str(wanted))


async def imported(text, wanted):
    """Has our client open the login of a peer, which has to be that of an account."""
    expect("whose login it is", await ours("import", text=text), str(wanted))
