"""A forum that Telethon sets up and our client looks at, and the other way round."""

import asyncio
import json

from telethon import functions, types, utils

from report import FACTS, attempt, expect
from sessions import ours
from telethon_client import client, sign_in

messages, channels = functions.messages, functions.channels


async def make(user):
    """Does what our client does in `make-forum`; gives the id as the Bot API writes it."""
    made = await user(channels.CreateChannelRequest("Their club", "", megagroup=True))
    club = utils.get_input_channel(made.chats[0])
    await user(channels.ToggleForumRequest(club, True, False))
    bot = await user.get_input_entity(FACTS["bot"]["username"])
    await user(channels.InviteToChannelRequest(club, [bot]))
    quiet = types.ChatBannedRights(until_date=None, send_media=True)
    await user(channels.EditBannedRequest(club, bot, quiet))
    link = await user(messages.ExportChatInviteRequest(club, request_needed=True, title="Friends"))
    expect("what our client says", await ours("knock", link.link), "Requested")
    asking = await user(
        messages.GetChatInviteImportersRequest(
            club, offset_date=None, offset_user=types.InputUserEmpty(), limit=10, requested=True
        )
    )
    expect("how many ask", asking.count, 1)
    robert = utils.get_input_user(asking.users[0])
    await user(messages.HideChatJoinRequestRequest(club, robert, approved=True))
    rights = types.ChatAdminRights(delete_messages=True)
    await user(channels.EditAdminRequest(club, robert, rights, "guard"))
    old = await user(messages.ExportChatInviteRequest(club, title="Old"))
    await user(messages.EditExportedChatInviteRequest(club, old.link, revoked=True))
    topic = await user(messages.CreateForumTopicRequest(club, "Roses", random_id=7))
    [roses] = [it.id for it in topic.updates if isinstance(it, types.UpdateMessageID)]
    await user(messages.EditForumTopicRequest(club, roses, closed=True))
    await user(messages.UpdatePinnedForumTopicRequest(club, roses, True))
    return utils.get_peer_id(club)


async def look(user, club):
    """What Telethon sees of a forum, as our client prints it."""
    members = await user.get_participants(club)
    admins = [it for it in members if hasattr(it.participant, "admin_rights")]
    restricted = await user.get_participants(club, filter=types.ChannelParticipantsBanned(""))
    links = []
    for revoked in (False, True):
        found = await user(
            messages.GetExportedChatInvitesRequest(
                club, types.InputUserSelf(), limit=100, revoked=revoked
            )
        )
        links += [
            [it.title, bool(it.request_needed), it.usage or 0, bool(it.revoked)]
            for it in found.invites
        ]
    topics = await user(
        messages.GetForumTopicsRequest(
            club, offset_date=None, offset_id=0, offset_topic=0, limit=100
        )
    )
    log = [it.action async for it in user.iter_admin_log(club)]
    return {
        "members": sorted(it.id for it in members),
        "admins": [
            [it.id, it.participant.rank, it.participant.admin_rights.delete_messages]
            for it in admins
        ],
        "restricted": [
            [it.id, rights.send_media, rights.send_messages]
            for it in restricted
            for rights in [it.participant.banned_rights]
        ],
        "links": links,
        "topics": [[it.title, it.closed, it.pinned] for it in topics.topics],
        "log": [type(it).__name__.removeprefix("ChannelAdminLogEventAction") for it in log],
    }


async def same(user, club):
    """Whether both see the same of it."""
    theirs = await look(user, await user.get_input_entity(club))
    expect("what our client sees", json.loads(await ours("look", str(club))), theirs)
    expect("how many there are", len(theirs["members"]), 3)
    expect("how much was done", len(theirs["log"]), 9)
    return f"{len(theirs['log'])} events, {len(theirs['links'])} links"


async def our_forum(user):
    """Our client makes it, and waits for somebody to ask to be let in."""
    running = await asyncio.create_subprocess_exec(
        FACTS["sessions"],
        "make-forum",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    link = (await running.stdout.readline()).decode().strip()
    expect("what our client says", await ours("knock", link), "Requested")
    said, _ = await running.communicate(b"\n")
    expect("how our client ends", running.returncode, 0)
    await user.get_dialogs()
    return await same(user, int(said.decode()))


async def their_forum(user):
    return await same(user, await make(user))


async def main():
    user = client()
    await sign_in(user, FACTS["user"])
    await attempt("our forum there", our_forum(user))
    await attempt("their forum here", their_forum(user))
    await user.disconnect()


asyncio.run(main())
