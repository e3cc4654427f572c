"""A supergroup of very many, and dialogs that move: what Telethon sees, and what our client does."""

import asyncio
import json

from telethon import functions, types, utils

from report import FACTS, attempt, expect
from sessions import ours
from telethon_client import client, sign_in

PATIENCE = 120

CROWD = "the_crowd"
channels = functions.channels


async def members(user):
    """Ours has all, and nobody whom Telethon does not know of; Telethon has as many as it finds."""
    told = json.loads(await ours("count-crowd"))
    expect("whether these are all", told["complete"], True)
    expect("how many come twice", len(told["ids"]) - len(set(told["ids"])), 0)
    found = await user.get_participants(CROWD)
    expect("how many there are", len(told["ids"]), found.total)
    expect("whom our client does not see", {it.id for it in found} - set(told["ids"]), set())
    return f"ours {len(told['ids']):,}, Telethon {len(found):,} of {found.total:,}"


async def judged(user):
    """What Telethon sees of those who are not like the others, as our client prints it."""
    banned = await user.get_participants(CROWD, filter=types.ChannelParticipantsKicked(""))
    restricted = await user.get_participants(CROWD, filter=types.ChannelParticipantsBanned(""))
    admins = await user.get_participants(CROWD, filter=types.ChannelParticipantsAdmins())
    return {
        "banned": [it.id for it in banned],
        "restricted": [
            [it.id, rights.send_media, rights.send_messages]
            for it in restricted
            for rights in [it.participant.banned_rights]
        ],
        "admins": [
            [it.id, it.participant.rank, rights.ban_users, rights.change_info]
            for it in admins
            for rights in [it.participant.admin_rights]
            if it.participant.rank
        ],
    }


async def rights(user):
    """What our client has done to three of them, undone and done otherwise by Telethon."""
    told = json.loads(await ours("judge-crowd"))
    ids = told.pop("ids")
    expect("what our client sees", told, await judged(user))
    expect("how many were judged", [len(it) for it in told.values()], [1, 1, 1])
    out, quiet, guard = [await user.get_input_entity(id) for id in ids]
    crowd = await user.get_input_entity(CROWD)
    await user(channels.EditBannedRequest(crowd, out, types.ChatBannedRights(until_date=None)))
    quieter = types.ChatBannedRights(until_date=None, send_messages=True)
    await user(channels.EditBannedRequest(crowd, quiet, quieter))
    higher = types.ChatAdminRights(change_info=True)
    await user(channels.EditAdminRequest(crowd, guard, higher, "captain"))
    theirs = await judged(user)
    expect("what Telethon sees", theirs["banned"], [])
    expect("what Telethon sees", theirs["admins"], [[ids[2], "captain", False, True]])
    now = json.loads(await ours("judged-crowd"))
    del now["ids"]
    expect("what our client sees", now, theirs)


async def dialogs(user):
    """What our client has read while messages came, against the list at rest."""
    told = json.loads(await ours("stir"))
    there = [dialog async for dialog in user.iter_dialogs()]

    def ids(wanted):
        return sorted(dialog.id for dialog in there if wanted(dialog))

    expect("the dialogs", told["chats"], ids(lambda it: True))
    expect("the pinned", told["pinned"], ids(lambda it: it.pinned))
    expect("the archived", told["archived"], ids(lambda it: it.archived))
    expect("the forums", told["forums"], ids(lambda it: getattr(it.entity, "forum", False)))
    migrated = ids(lambda it: getattr(it.entity, "migrated_to", None))
    expect("the migrated", told["migrated"], migrated)
    filters = await user(functions.messages.GetDialogFiltersRequest())
    folder = filters.filters[-1]
    expect("the folder", told["folder"], sorted(map(utils.get_peer_id, folder.include_peers)))
    expect("the kinds", [len(told[it]) for it in ("pinned", "forums", "migrated")], [3, 1, 1])
    return f"{len(there)} dialogs, {len(told['folder'])} in a folder"


async def main():
    user = client()
    await sign_in(user, FACTS["user"])
    await attempt("12,000 members", members(user), PATIENCE)
    await attempt("rights and bans", rights(user), PATIENCE)
    await attempt("dialogs that move", dialogs(user), PATIENCE)
    await user.disconnect()


asyncio.run(main())
