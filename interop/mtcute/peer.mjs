// mtcute on the local data centre.
import { execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { getMarkedPeerId, links, parseMarkedPeerId } from '@mtcute/core/utils.js'

import {
  attempt, client, expect, FACTS, inFile, learnKey, Mailbox, signIn, TRANSPORTS,
} from './client.mjs'

// Padding that a peer cannot take off does not show in every packet: one call may pass by luck.
const CALLS = 20

async function ask(transport) {
  const one = client(transport)
  for (let made = 0; made < CALLS; made++) {
    const config = await one.call({ _: 'help.getConfig' })
    expect('this_dc', config.thisDc, FACTS.dcs[0].id)
  }
  await one.destroy()
}

/** Runs our client's half of a login that travels; gives what it prints. */
const ours = (command, text = '') =>
  new Promise((resolve, reject) => {
    const running = execFile(FACTS.sessions, command, (error, said, why) => {
      error ? reject(new Error(`our client: ${why}`)) : resolve(said.trim())
    })
    running.stdin.end(text)
  })

async function ourSession() {
  const text = await ours(['export', 'mtcute'])
  const one = client()
  await one.importSession(text)
  expect('whose login it is', (await one.getMe()).id, FACTS.bot.id)
  expect('the text', (await one.sendText(FACTS.user.id, 'here now')).text, 'here now')
  await one.destroy()
}

async function theirSession() {
  const one = client()
  await signIn(one, FACTS.user)
  const text = await one.exportSession()
  await one.destroy()
  expect('whose login it is', await ours(['import'], text), String(FACTS.user.id))
}

/** Whom mtcute finds in a link or an id; the id as the Bot API writes it. */
async function theirs(one, named) {
  if (/^-?\d+$/.test(named)) {
    const [kind, id] = parseMarkedPeerId(Number(named))
    return getMarkedPeerId(id, kind)
  }
  if (links.chatInvite.parse(named)) return 'invite'
  const phone = links.phoneNumber.parse(named)
  if (phone) return getMarkedPeerId(await one.resolvePhoneNumber(phone.phone))
  const found = links.publicUsername.parse(named) ?? links.message.parse(named)
  if (found.channelId) return getMarkedPeerId(found.channelId, 'channel')
  return getMarkedPeerId(await one.resolvePeer(found.username))
}

async function names() {
  const one = client()
  await signIn(one, FACTS.user)
  const [name, phone] = [FACTS.bot.username, FACTS.guarded.phone]
  const table = [
    `https://t.me/${name}`,
    `http://t.me/${name.toUpperCase()}`,
    `https://telegram.me/${name}`,
    `https://t.me/${name}/5`,
    `https://t.me/${name}/3/5`,
    `tg://resolve?domain=${name}`,
    `tg://resolve?domain=${name}&post=5`,
    `https://t.me/+${phone}`,
    `tg://resolve?phone=${phone}`,
    'https://t.me/c/1234567890/12',
    'https://t.me/c/1234567890/3/12',
    'tg://privatepost?channel=1234567890&post=6',
    'https://t.me/+AbCdEf_-1',
    'https://t.me/joinchat/AbCdEf',
    'tg://join?invite=AbCdEf',
    ...[1, 777000, 1099511627775, -1, -999999999999, -1000000000001, -1001234567890],
    ...[-1997852516351, -2002147483649, -3999999999999],
  ].map(String)
  const found = []
  for (const named of table) found.push(String(await theirs(one, named)))
  await one.logOut()
  const said = (await ours(['names'], table.join('\n'))).split('\n')
  table.forEach((named, at) => expect(named, said[at], found[at]))
  return `${table.length} of them`
}

/** mtcute lets in our client, which shows a QR code. */
async function ourCode(user) {
  const running = spawn(FACTS.sessions, ['show'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]()
    const link = (await lines.next()).value
    const token = new Uint8Array(Buffer.from(link.split('token=')[1], 'base64url'))
    const session = await user.call({ _: 'auth.acceptLoginToken', token })
    expect('whether it is this login', session.current ?? false, false)
    expect('whose login it is', (await lines.next()).value, String(FACTS.user.id))
  } finally {
    running.kill()
  }
}

/** Our client lets in mtcute, which shows a QR code. */
async function theirCode() {
  const one = client()
  let scanned
  const me = await one.signInQr({
    onUrlUpdated: (url) => {
      scanned ??= ours(['scan', url])
    },
  })
  await scanned
  expect('whose login it is', me.id, FACTS.user.id)
  await one.logOut()
  await one.destroy()
}

/** mtcute proves a password that our client has set, and takes it away. */
async function ourPassword(user) {
  expect('what our client says', await ours(['set-password', 'swordfish']), 'set')
  const one = client()
  await signIn(one, { ...FACTS.user, password: 'swordfish' })
  await one.logOut()
  await one.destroy()
  await user.removeCloudPassword('swordfish')
}

/** Our client proves a password that mtcute has set. */
async function theirPassword(user) {
  await user.enableCloudPassword({ password: 'haddock', hint: 'a fish' })
  const said = await ours(['check-password', 'haddock'])
  expect('whose login it is', said, String(FACTS.user.id))
  await user.removeCloudPassword('haddock')
}

const logins = async (user) =>
  (await user.call({ _: 'account.getAuthorizations' })).authorizations

/** mtcute lists a login of our client, and ends it. */
async function ourLogin(user) {
  const running = spawn(FACTS.sessions, ['stay'], { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const lines = createInterface({ input: running.stdout })[Symbol.asyncIterator]()
    const device = (await lines.next()).value
    const there = (await logins(user)).filter((it) => it.deviceModel === device)
    expect('how many are there', there.length, 1)
    const ended = await user.call({ _: 'account.resetAuthorization', hash: there[0].hash })
    expect('whether it is ended', ended, true)
    expect('what our client says', (await lines.next()).value, 'ended')
  } finally {
    running.kill()
  }
}

/** Our client lists a login of mtcute, and ends it. */
async function theirLogin(user) {
  const before = (await logins(user)).map((it) => String(it.hash))
  const one = client()
  await signIn(one, FACTS.user)
  const there = (await logins(user)).map((it) => String(it.hash))
  const [hash] = there.filter((it) => !before.includes(it))
  const own = (await logins(one)).find((it) => it.current)
  expect('the device', await ours(['end', hash]), own.deviceModel)
  const refused = await logins(one).then(
    () => 'not at all',
    (error) => error.code,
  )
  expect('how it is refused', refused, 401)
  await one.destroy()
}

async function ourFile(folder) {
  const path = join(folder, 'ours.session')
  await ours(['export-file', 'mtcute', path])
  const one = inFile(path)
  await one.connect()
  const stranger = await one.resolvePeer('stranger')
  expect('the stranger', [stranger.userId, String(stranger.accessHash)], [4e9, '-5000000000'])
  const called = await one.storage.peers.getByPhone('15550009')
  expect('who has the number', called.userId, 4e9)
  expect('who it says it is', (await one.storage.self.fetch()).userId, FACTS.bot.id)
  expect('whose login it is', (await one.getMe()).id, FACTS.bot.id)
  expect('the text', (await one.sendText(FACTS.user.id, 'here now')).text, 'here now')
  await one.destroy()
}

// Where small files become large ones, parts end, and files do.
const LENGTHS = [1, 511, (512 << 10) - 1, 512 << 10, (10 << 20) - 1, (10 << 20) + 1]
if (FACTS.long) LENGTHS.push(100 << 20)
const FILES_PATIENCE = 300_000

const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex')

/** Our client fetches the files of mtcute, and mtcute those of our client. */
async function uploads(user) {
  for (const length of LENGTHS) {
    const file = randomBytes(length)
    const fileName = `theirs-${length}.bin`
    const caption = sha256(file)
    await user.sendMedia('me', { type: 'document', file, fileName, fileMime: 'application/octet-stream', caption })
  }
  await ours(['files', String(LENGTHS.length)])
  const lengths = []
  for (const message of (await user.getHistory('me')).slice(0, LENGTHS.length)) {
    const got = await user.downloadAsBuffer(message.media)
    expect('the hash', sha256(got), message.text)
    lengths.push(got.length)
  }
  expect('the lengths', lengths.reverse(), LENGTHS)
  return `${LENGTHS.join(', ')} bytes`
}

/** Each reads the Bot API's names of files that the other has written. */
async function fileIds(user) {
  const file = randomBytes(5000)
  const sent = await user.sendMedia('me', { type: 'document', file, fileName: 'theirs-5000.bin' })
  const said = await ours(['fetch', sent.media.fileId])
  expect('what our client fetches', said, `${sha256(file)} ${sent.media.uniqueFileId}`)
  const lines = (await ours(['files', '0'])).split('\n')
  const [id, unique] = lines.at(-1).split(' ')
  const got = await user.downloadAsBuffer(id)
  expect('the length', got.length, LENGTHS.at(-1))
  const [message] = await user.getHistory('me')
  expect('the unique id', unique, message.media.uniqueFileId)
}

async function theirFile(folder) {
  const path = join(folder, 'theirs.session')
  const one = inFile(path)
  await signIn(one, FACTS.user)
  await one.sendText(FACTS.bot.username, 'good night')
  await one.destroy()
  const who = await ours(['import-file', path, FACTS.bot.username])
  expect('whose login it is', who, String(FACTS.user.id))
}

const sorted = (list) => [...list].sort((a, b) => (a < b ? -1 : 1))

async function collected(iterator) {
  const all = []
  for await (const item of iterator) all.push(item)
  return all
}

const summed = (items) => [items.length, items.reduce((sum, item) => sum + item.id, 0)]

/** What an account has, as our client and mtcute see it. */
async function lists() {
  const told = JSON.parse(await ours(['fill']))
  const user = client()
  await signIn(user, FACTS.user)
  await attempt('contacts', async () => {
    const names = (await user.getContacts()).map((it) => [it.id, it.displayName])
    expect('the contacts', names, told.contacts)
    const { username, id } = FACTS.bot
    await user.addContact({ userId: username, firstName: 'Echo', lastName: 'the second' })
    const now = JSON.parse(await ours(['tell'])).contacts
    expect('what our client sees', sorted(now), sorted([...names, [id, 'Echo the second']]))
  })
  await attempt('privacy', async () => {
    const key = { _: 'inputPrivacyKeyPhoneNumber' }
    const { rules } = await user.call({ _: 'account.getPrivacy', key })
    expect('the rules', rules.map((rule) => rule._), told.privacy)
    const wanted = ['privacyValueAllowCloseFriends', 'privacyValueDisallowAll']
    const input = wanted.map((name) => ({ _: `inputP${name.slice(1)}` }))
    await user.call({ _: 'account.setPrivacy', key, rules: input })
    expect('what our client sees', JSON.parse(await ours(['tell'])).privacy, wanted)
  })
  await attempt('300 dialogs', async () => {
    const all = await collected(user.iterDialogs({ archived: 'keep', pinned: 'include' }))
    const ids = (dialogs) => dialogs.map((it) => it.peer.id).sort((a, b) => a - b)
    expect('the dialogs', ids(all), told.chats)
    expect('the pinned', ids(all.filter((it) => it.isPinned)), told.pinned)
    expect('the archived', ids(all.filter((it) => it.isArchived)), told.archived)
    return `${all.length} dialogs`
  })
  await attempt('10,000 messages', async () => {
    expect('the messages', summed(await collected(user.iterHistory('the_long_one'))), told.messages)
  })
  await attempt('a search', async () => {
    const found = user.iterSearchMessages({ chatId: 'the_long_one', query: 'tulip' })
    expect('what is found', summed(await collected(found)), told.found)
  })
  await user.logOut()
}

async function main() {
  await learnKey()
  if (!(await attempt('key exchange', () => ask('intermediate')))) return
  await attempt('transports', async () => {
    for (const name of Object.keys(TRANSPORTS)) await ask(name)
    return Object.keys(TRANSPORTS).join(', ')
  })

  const [bot, alice, robert] = [client(), client(), client()]
  const [heard, answers] = [new Mailbox(), new Mailbox()]
  bot.onNewMessage.add(async (message) => {
    if (message.isOutgoing) return
    heard.put(message.text)
    await bot.sendText(message.chat.id, `you said ${message.text}`)
  })
  alice.onNewMessage.add((message) => {
    if (!message.isOutgoing) answers.put(message.text)
  })

  await attempt('bot login', async () => {
    await bot.signInBot(FACTS.bot.token)
    await bot.startUpdatesLoop()
  })
  await attempt('code login', async () => {
    await signIn(alice, FACTS.user)
    await alice.startUpdatesLoop()
  })
  await attempt('password login', () => signIn(robert, FACTS.guarded))
  await attempt('get_me', async () => {
    expect("the bot's name", (await bot.getMe()).username, FACTS.bot.username)
    expect("the user's id", (await alice.getMe()).id, FACTS.user.id)
  })
  await attempt('send', async () => {
    const message = await alice.sendText(FACTS.bot.username, 'good morning')
    expect('the text', message.text, 'good morning')
  })
  await attempt('receive', async () => {
    expect('what the bot hears', await heard.take(), 'good morning')
    expect('what the user hears', await answers.take(), 'you said good morning')
  })
  await attempt('history', async () => {
    const page = await alice.getHistory(FACTS.bot.username)
    const texts = page.slice(0, 2).map((message) => message.text)
    expect('the history', texts, ['you said good morning', 'good morning'])
  })
  await attempt('our QR code there', () => ourCode(alice))
  await attempt('their QR code here', theirCode)
  await attempt('our password there', () => ourPassword(alice))
  await attempt('their password here', () => theirPassword(alice))
  await attempt('our login ended there', () => ourLogin(alice))
  await attempt('their login ended here', () => theirLogin(alice))
  await attempt('files both ways', () => uploads(alice), FILES_PATIENCE)
  await attempt('file ids', () => fileIds(alice), FILES_PATIENCE)
  await attempt('log out', async () => {
    for (const one of [alice, robert, bot]) await one.logOut()
  })
  await attempt('our session there', ourSession)
  await attempt('their session here', theirSession)
  await attempt('links and ids', names)
  await lists()
  const folder = mkdtempSync(join(tmpdir(), 'mtcute-'))
  await attempt('our file there', () => ourFile(folder))
  await attempt('their file here', () => theirFile(folder))
  rmSync(folder, { recursive: true })
}

await main()
process.exit(0)
