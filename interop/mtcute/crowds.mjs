// A supergroup of very many, and dialogs that move: what mtcute sees, and what our client does.
import { execFileSync } from 'node:child_process'

import { toInputChannel } from '@mtcute/core/utils.js'

import { FACTS, attempt, client, expect, learnKey, signIn } from './client.mjs'

const PATIENCE = 120_000
const CROWD = 'the_crowd'

// The ids of twelve thousand are more than a pipe takes by itself.
const ours = (command) =>
  JSON.parse(execFileSync(FACTS.sessions, [command], { encoding: 'utf8', maxBuffer: 1 << 24 }))

async function collected(iterator) {
  const all = []
  for await (const item of iterator) all.push(item)
  return all
}

/** Ours has all, and mtcute as many as it finds. */
async function members(user) {
  const told = ours('count-crowd')
  const known = new Set(told.ids)
  expect('whether these are all', told.complete, true)
  expect('how many come twice', told.ids.length - known.size, 0)
  const found = await collected(user.iterChatMembers(CROWD))
  const strangers = found.filter((it) => !known.has(it.user.id))
  expect('whom our client does not see', strangers.length, 0)
  return `ours ${told.ids.length}, mtcute ${found.length}`
}

/** What mtcute sees of those who are not like the others, as our client prints it. */
async function judged(user) {
  const those = (type) => collected(user.iterChatMembers(CROWD, { type }))
  const [banned, restricted, admins] = [
    await those('banned'),
    await those('restricted'),
    await those('admins'),
  ]
  return {
    admins: admins
      .filter((it) => it.title)
      .map((it) => [
        it.user.id,
        it.title,
        Boolean(it.raw.adminRights.banUsers),
        Boolean(it.raw.adminRights.changeInfo),
      ]),
    banned: banned.map((it) => it.user.id),
    restricted: restricted.map((it) => [
      it.user.id,
      Boolean(it.raw.bannedRights.sendMedia),
      Boolean(it.raw.bannedRights.sendMessages),
    ]),
  }
}

const sorted = ({ ids, ...seen }) => Object.fromEntries(Object.entries(seen).sort())

/** What our client has done to three of them, undone and done otherwise by mtcute. */
async function rights(user) {
  const told = ours('judge-crowd')
  expect('what our client sees', sorted(told), await judged(user))
  const [out, quiet, guard] = told.ids
  const channel = toInputChannel(await user.resolvePeer(CROWD))
  const change = async (id, bannedRights) => {
    const participant = await user.resolvePeer(id)
    await user.call({ _: 'channels.editBanned', channel, participant, bannedRights })
  }
  await change(out, { _: 'chatBannedRights', untilDate: 0 })
  await change(quiet, { _: 'chatBannedRights', untilDate: 0, sendMessages: true })
  const higher = { _: 'chatAdminRights', changeInfo: true }
  await user.editAdminRights({ chatId: CROWD, userId: guard, rights: higher, rank: 'captain' })
  const theirs = await judged(user)
  expect('what mtcute sees', theirs.banned, [])
  expect('what mtcute sees', theirs.admins, [[guard, 'captain', false, true]])
  expect('what our client sees', sorted(ours('judged-crowd')), theirs)
}

/** What our client has read while messages came, against the list at rest. */
async function dialogs(user) {
  const told = ours('stir')
  const there = await collected(user.iterDialogs({ archived: 'keep', pinned: 'include' }))
  const ids = (wanted) => there.filter(wanted).map((it) => it.peer.id).sort((a, b) => a - b)
  expect('the dialogs', told.chats, ids(() => true))
  expect('the pinned', told.pinned, ids((it) => it.isPinned))
  expect('the archived', told.archived, ids((it) => it.isArchived))
  expect('the forums', told.forums, ids((it) => it.peer.raw.forum))
  expect('the migrated', told.migrated, ids((it) => it.peer.raw.migratedTo))
  const { filters } = await user.getFolders()
  const folder = filters.at(-1)
  const named = folder.includePeers.map((it) => -1_000_000_000_000 - it.channelId)
  expect('the folder', told.folder, named.sort((a, b) => a - b))
  return `${there.length} dialogs, ${told.folder.length} in a folder`
}

await learnKey()
const user = client()
await user.connect()
await signIn(user, FACTS.user)
await attempt('12,000 members', () => members(user), PATIENCE)
await attempt('rights and bans', () => rights(user), PATIENCE)
await attempt('dialogs that move', () => dialogs(user), PATIENCE)
await user.destroy()
process.exit(0)
