// mtcute's hand in the proof that messages are seen alike: `python/messages.py` says what it is told.
import { createInterface } from 'node:readline'

import { BotKeyboard, InputMedia, Long } from '@mtcute/node'

import { FACTS, Mailbox, client, learnKey, signIn } from './client.mjs'

const KINDS = {
  bold: 'messageEntityBold',
  italic: 'messageEntityItalic',
  underline: 'messageEntityUnderline',
  strike: 'messageEntityStrike',
  spoiler: 'messageEntitySpoiler',
  code: 'messageEntityCode',
  pre: 'messageEntityPre',
  link: 'messageEntityTextUrl',
  quote: 'messageEntityBlockquote',
  mention: 'messageEntityMentionName',
  emoji: 'messageEntityCustomEmoji',
  time: 'messageEntityFormattedDate',
}
const MORE = {
  pre: 'language',
  link: 'url',
  quote: 'collapsed',
  mention: 'userId',
  emoji: 'documentId',
  time: 'date',
}

function entity([kind, offset, length, more], userId) {
  if (kind === 'mention') return { _: 'inputMessageEntityMentionName', offset, length, userId }
  if (kind === 'emoji') more = Long.fromString(more)
  return { _: KINDS[kind], offset, length, ...(kind in MORE ? { [MORE[kind]]: more } : {}) }
}

function marked(raw) {
  const kind = Object.keys(KINDS).find((name) => KINDS[name] === raw._)
  if (!kind) return [raw._]
  const said = raw[MORE[kind]] ?? false
  const more = kind in MORE ? [kind === 'emoji' ? said.toString() : said] : []
  return [kind, raw.offset, raw.length, ...more]
}

function poll({ media }) {
  if (media?.type !== 'poll') return null
  return {
    question: media.question,
    answers: media.answers.map((answer) => [answer.text, answer.voters ?? 0]),
    closed: media.isClosed,
  }
}

function seen(message) {
  const { raw } = message
  const reactions = raw.reactions?.results ?? []
  const origin = raw.fwdFrom?.fromId
  const rows = raw.replyMarkup?._ === 'replyInlineMarkup' ? raw.replyMarkup.rows : []
  return {
    text: raw.message,
    entities: (raw.entities ?? []).map(marked),
    edited: raw.editDate !== undefined,
    pinned: raw.pinned ?? false,
    reply_to: raw.replyTo?.replyToMsgId ?? null,
    forwarded: origin ? (origin.userId ?? origin.chatId ?? origin.channelId) : null,
    reactions: Object.fromEntries(reactions.map((it) => [it.reaction.emoticon, it.count])),
    poll: poll(message),
    buttons: rows.flatMap((row) => row.buttons.map((button) => button.text)),
  }
}

class Hand {
  #client = client()
  #presses = new Mailbox()

  async begin(who) {
    const user = this.#client
    if (!FACTS[who].token) return signIn(user, FACTS[who])
    await user.signInBot(FACTS[who].token)
    user.onCallbackQuery.add((press) => this.#presses.put(press))
    await user.startUpdatesLoop()
  }

  async #whom(named) {
    if (/^-?\d+$/.test(named)) return Number(named)
    if (named.startsWith('+')) return this.#client.resolvePhoneNumber(named)
    return named === 'me' ? 'me' : named.replace('@', '')
  }

  async obey(order) {
    const user = this.#client
    const chatId = 'chat' in order && (await this.#whom(order.chat))
    const at = { chatId, message: order.id }
    const named = order.mentioned && (await user.resolvePhoneNumber(order.mentioned))
    const mentioned = named && (await user.resolveUser(named))
    const entities = (order.entities ?? []).map((told) => entity(told, mentioned))
    const text = { text: order.text, entities }
    switch (order.do) {
      case 'found': {
        const make = order.kind === 'channel' ? 'createChannel' : 'createSupergroup'
        const made = await user[make]({ title: 'Interop' })
        await user.setChatUsername(made.id, order.name)
        return null
      }
      case 'gather': {
        const users = [await this.#whom(order.with)]
        const { chat } = await user.createGroup({ title: 'Interop', users })
        return String(chat.id)
      }
      case 'join':
        await user.joinChat(chatId)
        return null
      case 'send': {
        if (order.poll) {
          const made = InputMedia.poll({ question: order.text, answers: order.poll })
          return (await user.sendMedia(chatId, made)).id
        }
        const buttons = (order.buttons ?? []).map(([label, data]) =>
          data.includes('://') ? BotKeyboard.url(label, data) : BotKeyboard.callback(label, data),
        )
        const replyMarkup = buttons.length ? BotKeyboard.inline([buttons]) : undefined
        const more = { replyTo: order.reply_to ?? undefined, replyMarkup }
        return (await user.sendText(chatId, text, more)).id
      }
      case 'last':
        return (await user.getHistory(chatId, { limit: 1 }))[0].id
      case 'see': {
        const [message] = await user.getMessages(chatId, [order.id])
        return message && seen(message)
      }
      case 'edit':
        await user.editMessage({ ...at, text })
        return null
      case 'delete':
        await user.deleteMessagesById(chatId, [order.id])
        return null
      case 'forward': {
        const toChatId = await this.#whom(order.to)
        const given = { fromChatId: chatId, messages: [order.id], toChatId }
        return (await user.forwardMessagesById(given))[0].id
      }
      case 'react':
        await user.sendReaction({ ...at, emoji: order.with })
        return null
      case 'pin':
        // Alone it would pin for one side of a private chat.
        await user.pinMessage({ ...at, bothSides: true })
        return null
      case 'unpin':
        await user.unpinMessage(at)
        return null
      case 'vote':
        await user.sendVote({ ...at, options: [order.answer] })
        return null
      case 'close':
        await user.closePoll(at)
        return null
      case 'link': {
        const channel = await user.resolveChannel(chatId)
        const made = await user.call({ _: 'channels.exportMessageLink', channel, id: order.id })
        return made.link
      }
      case 'follow':
        return (await user.getMessageByLink(order.link)).id
      case 'press': {
        const answer = await user.getCallbackAnswer({ ...at, data: order.data })
        return answer.message
      }
      case 'answer': {
        const press = await this.#presses.take()
        await this.#client.answerCallbackQuery(press, { text: order.with })
        return press.dataStr
      }
      default:
        throw new Error(`nobody knows how to ${order.do}`)
    }
  }
}

await learnKey()
const hand = new Hand()
await hand.begin(process.argv[2])
for await (const line of createInterface({ input: process.stdin })) {
  const said = await hand.obey(JSON.parse(line)).then(
    (told) => ({ told: told ?? null }),
    (error) => ({ error: String(error) }),
  )
  console.log(JSON.stringify(said))
}
process.exit(0)
