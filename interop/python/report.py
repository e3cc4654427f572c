"""What every Python peer shares: the facts it is given, and how it tells what worked."""

import asyncio
import json
import os
import traceback

FACTS = json.loads(os.environ["INTEROP_FACTS"])
PATIENCE = 20


def tell(capability, ok, note=""):
    """Says in one line whether a capability works."""
    print(json.dumps({"capability": capability, "ok": ok, "note": note}), flush=True)


async def attempt(capability, steps, patience=PATIENCE):
    """Awaits the steps; what they give is the note, what they raise is the reason of a failure.

    Gives whether it worked.
    """
    try:
        note = await asyncio.wait_for(steps, patience)
    except Exception as error:
        traceback.print_exc()
        tell(capability, False, f"{type(error).__name__}: {error}")
        return False
    tell(capability, True, note or "")
    return True


def expect(what, got, wanted):
    """Raises when something is not as it should be."""
    if got != wanted:
        raise AssertionError(f"{what} is {got!r}, not {wanted!r}")
