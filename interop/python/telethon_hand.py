"""Telethon's hand in the proof that messages are seen alike: `messages.py` says what it is told."""

import asyncio
import json
import sys

from telethon import Button, TelegramClient, errors, events, functions, types, utils
from telethon.crypto import rsa
from telethon.sessions import StringSession

from report import FACTS

KINDS = {
    "bold": types.MessageEntityBold, "italic": types.MessageEntityItalic,
    "underline": types.MessageEntityUnderline, "strike": types.MessageEntityStrike,
    "spoiler": types.MessageEntitySpoiler, "code": types.MessageEntityCode,
    "pre": types.MessageEntityPre, "link": types.MessageEntityTextUrl,
    "quote": types.MessageEntityBlockquote, "mention": types.MessageEntityMentionName,
    "emoji": types.MessageEntityCustomEmoji, "time": types.MessageEntityFormattedDate,
}
MORE = {"pre": "language", "link": "url", "quote": "collapsed", "mention": "user_id",
        "emoji": "document_id", "time": "date"}


def entity(told, mentioned):
    kind, offset, length, *more = told
    if kind == "mention":
        return types.InputMessageEntityMentionName(offset, length, mentioned)
    if kind == "emoji":
        more = [int(more[0])]
    given = {MORE[kind]: more[0]} if more else {}
    return KINDS[kind](offset, length, **given)


def marked(entity):
    kind = next((name for name, type in KINDS.items() if isinstance(entity, type)), None)
    if kind is None:
        return [type(entity).__name__]
    more = [getattr(entity, MORE[kind])] if kind in MORE else []
    if kind == "emoji":
        more = [str(more[0])]
    if kind == "time":
        more = [int(more[0].timestamp()) if hasattr(more[0], "timestamp") else more[0]]
    return [kind, entity.offset, entity.length, *[False if it is None else it for it in more]]


def poll(message):
    if message.poll is None:
        return None
    told, votes = message.poll.poll, message.poll.results.results or []
    count = {it.option: it.voters or 0 for it in votes}
    answers = [[it.text.text, count.get(it.option, 0)] for it in told.answers]
    return {"question": told.question.text, "answers": answers, "closed": bool(told.closed)}


def seen(message):
    results = message.reactions.results if message.reactions else []
    origin = message.fwd_from and message.fwd_from.from_id
    return {
        "text": message.raw_text or "",
        "entities": [marked(it) for it in message.entities or []],
        "edited": message.edit_date is not None,
        "pinned": bool(message.pinned),
        "reply_to": message.reply_to_msg_id,
        "forwarded": origin and utils.get_peer_id(origin, add_mark=False),
        "reactions": {it.reaction.emoticon: it.count for it in results},
        "poll": poll(message),
        "buttons": [button.text for row in message.buttons or [] for button in row],
    }


class Hand:
    def __init__(self, who):
        self.who = FACTS[who]
        self.client = TelegramClient(StringSession(), 1, "local", connection_retries=1)
        home = FACTS["dcs"][0]
        self.client.session.set_dc(home["id"], home["host"], home["port"])
        self.presses = asyncio.Queue()

    async def begin(self):
        client, who = self.client, self.who
        await client.connect()
        if "token" in who:
            await client.sign_in(bot_token=who["token"])
            client.add_event_handler(self.presses.put, events.CallbackQuery())
            return
        await client.send_code_request(who["phone"])
        try:
            await client.sign_in(who["phone"], who["code"])
        except errors.SessionPasswordNeededError:
            await client.sign_in(password=who["password"])

    async def whom(self, named):
        if named.lstrip("-").isdigit():
            return await self.client.get_input_entity(int(named))
        if named.startswith("+"):
            found = await self.client(functions.contacts.ResolvePhoneRequest(named[1:]))
            return utils.get_input_peer(found.users[0])
        return await self.client.get_input_entity(named)

    async def obey(self, order):
        client = self.client
        chat = await self.whom(order["chat"]) if "chat" in order else None
        number, text = order.get("id"), order.get("text")
        mentioned = order.get("mentioned") and await self.whom(order["mentioned"])
        mentioned = mentioned and utils.get_input_user(mentioned)
        marks = [entity(it, mentioned) for it in order.get("entities") or []]
        what = order["do"]
        if what == "found":
            channel = order["kind"] == "channel"
            made = await client(functions.channels.CreateChannelRequest(
                "Interop", "", broadcast=channel, megagroup=not channel))
            await client(functions.channels.UpdateUsernameRequest(made.chats[0], order["name"]))
        elif what == "gather":
            whom = await self.whom(order["with"])
            made = await client(functions.messages.CreateChatRequest([whom], "Interop"))
            return str(utils.get_peer_id(made.updates.chats[0]))
        elif what == "join":
            await client(functions.channels.JoinChannelRequest(chat))
        elif what == "send" and "poll" in order:
            answers = [types.InputPollAnswer(types.TextWithEntities(it, []))
                       for it in order["poll"]]
            told = types.Poll(0, types.TextWithEntities(text, []), answers, 0)
            return (await client.send_message(chat, file=types.InputMediaPoll(told))).id
        elif what == "send":
            buttons = [Button.url(label, data) if "://" in data else Button.inline(label, data)
                       for label, data in order.get("buttons") or []]
            sent = await client.send_message(
                chat, text, formatting_entities=marks, reply_to=order.get("reply_to"),
                buttons=buttons or None, link_preview=False)
            return sent.id
        elif what == "last":
            return (await client.get_messages(chat, limit=1))[0].id
        elif what == "see":
            message = await client.get_messages(chat, ids=number)
            return message and seen(message)
        elif what == "edit":
            await client.edit_message(chat, number, text, formatting_entities=marks)
        elif what == "delete":
            await client.delete_messages(chat, [number])
        elif what == "forward":
            return (await client.forward_messages(await self.whom(order["to"]), number, chat)).id
        elif what == "react":
            reaction = [types.ReactionEmoji(order["with"])]
            await client(functions.messages.SendReactionRequest(chat, number, reaction=reaction))
        elif what == "pin":
            await client.pin_message(chat, number)
        elif what == "unpin":
            await client.unpin_message(chat, number)
        elif what == "vote":
            told = (await client.get_messages(chat, ids=number)).poll.poll
            option = told.answers[order["answer"]].option
            await client(functions.messages.SendVoteRequest(chat, number, [option]))
        elif what == "close":
            told = (await client.get_messages(chat, ids=number)).poll.poll
            told.closed = True
            closed = types.InputMediaPoll(told)
            await client(functions.messages.EditMessageRequest(chat, number, media=closed))
        elif what == "link":
            made = await client(functions.channels.ExportMessageLinkRequest(chat, number))
            return made.link
        elif what == "follow":
            *_, name, number = order["link"].split("/")
            return (await client.get_messages(await self.whom(name), ids=int(number))).id
        elif what == "press":
            message = await client.get_messages(chat, ids=number)
            return (await message.click(data=order["data"].encode())).message
        elif what == "answer":
            press = await asyncio.wait_for(self.presses.get(), 20)
            await press.answer(order["with"])
            return press.data.decode()
        else:
            raise ValueError(f"nobody knows how to {what}")


async def main():
    rsa.add_key(FACTS["key"], old=False)
    hand = Hand(sys.argv[1])
    await hand.begin()
    lines = asyncio.get_running_loop()
    while line := await lines.run_in_executor(None, sys.stdin.readline):
        try:
            told = {"told": await hand.obey(json.loads(line))}
        except Exception as error:
            told = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(told), flush=True)
    await hand.client.disconnect()


asyncio.run(main())
