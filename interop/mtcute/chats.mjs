// A forum that mtcute sets up and our client looks at, and the other way round.
import { execFileSync, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

import Long from 'long'
import { toInputChannel, toInputUser } from '@mtcute/core/utils.js'

import { FACTS, attempt, client, expect, learnKey, signIn } from './client.mjs'

const ours = (...given) => execFileSync(FACTS.sessions, given, { encoding: 'utf8' }).trim()

/** Does what our client does in `make-forum`; gives the id as the Bot API writes it. */
async function make(user) {
  const call = (method, fields) => user.call({ _: method, ...fields })
  const made = await call('channels.createChannel', {
    megagroup: true,
    title: 'Their club',
    about: '',
  })
  const [chat] = made.chats
  const channel = { _: 'inputChannel', channelId: chat.id, accessHash: chat.accessHash }
  const peer = { _: 'inputPeerChannel', channelId: chat.id, accessHash: chat.accessHash }
  await call('channels.toggleForum', { channel, enabled: true, tabs: false })
  const bot = await user.resolvePeer(FACTS.bot.username)
  await call('channels.inviteToChannel', { channel, users: [toInputUser(bot)] })
  const bannedRights = { _: 'chatBannedRights', sendMedia: true, untilDate: 0 }
  await call('channels.editBanned', { channel, participant: bot, bannedRights })
  const link = await call('messages.exportChatInvite', {
    peer,
    requestNeeded: true,
    title: 'Friends',
  })
  expect('what our client says', ours('knock', link.link), 'Requested')
  const asking = await call('messages.getChatInviteImporters', {
    peer,
    requested: true,
    offsetDate: 0,
    offsetUser: { _: 'inputUserEmpty' },
    limit: 10,
  })
  expect('how many ask', asking.count, 1)
  const [robert] = asking.users
  const userId = { _: 'inputUser', userId: robert.id, accessHash: robert.accessHash }
  await call('messages.hideChatJoinRequest', { peer, userId, approved: true })
  const adminRights = { _: 'chatAdminRights', deleteMessages: true }
  await call('channels.editAdmin', { channel, userId, adminRights, rank: 'guard' })
  const old = await call('messages.exportChatInvite', { peer, title: 'Old' })
  await call('messages.editExportedChatInvite', { peer, link: old.link, revoked: true })
  const topic = await call('messages.createForumTopic', {
    peer,
    title: 'Roses',
    randomId: Long.fromNumber(7),
  })
  const { id: topicId } = topic.updates.find((it) => it._ === 'updateMessageID')
  await call('messages.editForumTopic', { peer, topicId, closed: true })
  await call('messages.updatePinnedForumTopic', { peer, topicId, pinned: true })
  return -1_000_000_000_000 - chat.id
}

/** What mtcute sees of a forum, as our client prints it. */
async function look(user, id) {
  const peer = await user.resolvePeer(id)
  const members = []
  for await (const member of user.iterChatMembers(id)) members.push(member)
  const restricted = []
  for await (const member of user.iterChatMembers(id, { type: 'restricted' })) {
    restricted.push(member)
  }
  const links = []
  for (const revoked of [false, true]) {
    for await (const link of user.iterInviteLinks(id, { revoked })) {
      const { usage, isRevoked, approvalNeeded } = link
      links.push([link.raw.title, approvalNeeded, usage ?? 0, isRevoked])
    }
  }
  const topics = []
  for await (const topic of user.iterForumTopics(id)) {
    topics.push([topic.title, topic.isClosed, topic.isPinned])
  }
  const log = await user.call({
    _: 'channels.getAdminLog',
    channel: toInputChannel(peer),
    q: '',
    maxId: Long.ZERO,
    minId: Long.ZERO,
    limit: 100,
  })
  return {
    members: members.map((it) => it.user.id).sort((a, b) => a - b),
    admins: members
      .filter((it) => it.raw.adminRights)
      .map((it) => [it.user.id, it.title, Boolean(it.raw.adminRights.deleteMessages)]),
    restricted: restricted.map((it) => [
      it.user.id,
      Boolean(it.raw.bannedRights.sendMedia),
      Boolean(it.raw.bannedRights.sendMessages),
    ]),
    links,
    topics,
    log: log.events.map((it) => it.action._.replace('channelAdminLogEventAction', '')),
  }
}

const sorted = (seen) => Object.fromEntries(Object.entries(seen).sort())

/** Whether both see the same of it. */
async function same(user, id) {
  const theirs = await look(user, id)
  expect('what our client sees', sorted(JSON.parse(ours('look', String(id)))), sorted(theirs))
  expect('how many there are', theirs.members.length, 3)
  expect('how much was done', theirs.log.length, 9)
  return `${theirs.log.length} events, ${theirs.links.length} links`
}

/** Our client makes it, and waits for somebody to ask to be let in. */
async function ourForum(user) {
  const running = spawn(FACTS.sessions, ['make-forum'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]()
  const { value: link } = await lines.next()
  expect('what our client says', ours('knock', link), 'Requested')
  running.stdin.end('\n')
  const { value: id } = await lines.next()
  for await (const dialog of user.iterDialogs()) void dialog
  return same(user, Number(id))
}

await learnKey()
const user = client()
await user.connect()
await signIn(user, FACTS.user)
await attempt('our forum there', () => ourForum(user))
await attempt('their forum here', async () => same(user, await make(user)))
await user.destroy()
process.exit(0)
