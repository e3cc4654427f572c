// mtcute's client, as every program that uses it here has it.
import sqlite from 'node-sqlite3-wasm'
import {
  BaseSqliteStorage,
  BaseSqliteStorageDriver,
  BaseTelegramClient,
  IntermediatePacketCodec,
  MemoryStorage,
  ObfuscatedPacketCodec,
  PaddedIntermediatePacketCodec,
  TcpTransport,
  TelegramClient,
} from '@mtcute/node'
import { addPublicKey } from '@mtcute/core/utils.js'
import { NodeCryptoProvider } from '@mtcute/node/utils.js'

export const FACTS = JSON.parse(process.env.INTEROP_FACTS)
const PATIENCE = 20_000

export const TRANSPORTS = {
  intermediate: () => new IntermediatePacketCodec(),
  padded: () => new PaddedIntermediatePacketCodec(),
  'intermediate obfuscated': () => new ObfuscatedPacketCodec(new IntermediatePacketCodec()),
  'padded obfuscated': () => new ObfuscatedPacketCodec(new PaddedIntermediatePacketCodec()),
}

const tell = (capability, ok, note = '') => console.log(JSON.stringify({ capability, ok, note }))

const late = (patience) =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing within ${patience} ms`)), patience).unref()
  })

export async function attempt(capability, steps, patience = PATIENCE) {
  try {
    tell(capability, true, (await Promise.race([steps(), late(patience)])) ?? '')
    return true
  } catch (error) {
    console.error(error)
    tell(capability, false, String(error))
    return false
  }
}

export function expect(what, got, wanted) {
  if (JSON.stringify(got) !== JSON.stringify(wanted)) {
    throw new Error(`${what} is ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`)
  }
}

/** What is put before it is asked for, and the other way round. */
export class Mailbox {
  #letters = []
  #readers = []
  put(letter) {
    const reader = this.#readers.shift()
    reader ? reader(letter) : this.#letters.push(letter)
  }
  async take() {
    if (this.#letters.length) return this.#letters.shift()
    return new Promise((resolve) => this.#readers.push(resolve))
  }
}

/** mtcute's own storage on an SQLite that needs no compiled module. */
class FileDriver extends BaseSqliteStorageDriver {
  constructor(path) {
    super()
    this.path = path
  }
  _createDatabase() {
    const db = new sqlite.Database(this.path)
    // Bytes are a Buffer with the compiled module, and a number is one if it can be.
    const plain = (value) =>
      value instanceof Uint8Array ? Buffer.from(value)
      : typeof value === 'boolean' ? Number(value)
      : value ?? null
    const row = (found) =>
      found && Object.fromEntries(Object.entries(found).map(([key, value]) => [key, plain(value)]))
    return {
      exec: (sql) => db.exec(sql),
      prepare: (sql) => ({
        run: (...values) => db.run(sql, values.map(plain)),
        get: (...values) => row(db.get(sql, values.map(plain))),
      }),
      transaction: (act) => (...given) => {
        db.exec('begin')
        try {
          const made = act(...given)
          db.exec('commit')
          return made
        } catch (error) {
          db.exec('rollback')
          throw error
        }
      },
      close: () => db.close(),
    }
  }
}

/** Inline buttons of layer 230, as far as layer 227 has them too: what a bot is told of a press. */
function teachButtons(readers, writers) {
  readers[0xb2b15770] ??= (r) => {
    r.uint() // Whether an answer is forced, which layer 227 does not know.
    return { _: 'replyInlineMarkup', rows: r.vector() }
  }
  readers[0x19420af6] ??= (r) => ({ _: 'keyboardButtonRow', buttons: r.vector() })
  readers[0x11c1a322] ??= (r) => {
    const style = r.uint() & (1 << 10) ? r.object() : undefined
    const text = r.string()
    return { ...r.object(), style, text }
  }
  readers[0x2955bc38] ??= (r) => {
    const requiresPassword = Boolean(r.uint() & 1)
    return { _: 'keyboardButtonCallback', requiresPassword, data: r.bytes() }
  }
  readers[0xeca4f8d4] ??= (r) => ({ _: 'keyboardButtonUrl', url: r.string() })
  writers.replyInlineMarkup = (w, it) => {
    w.uint(0xb2b15770)
    w.uint(0)
    w.vector((row) => {
      w.uint(0x19420af6)
      w.vector(w.object, row.buttons)
    }, it.rows)
  }
  writers.keyboardButtonCallback = (w, it) => {
    w.uint(0x11c1a322)
    w.uint(0)
    w.string(it.text)
    w.uint(0x2955bc38)
    w.uint(0)
    w.bytes(it.data)
  }
  writers.keyboardButtonUrl = (w, it) => {
    w.uint(0x11c1a322)
    w.uint(0)
    w.string(it.text)
    w.uint(0xeca4f8d4)
    w.string(it.url)
  }
}

/** A client that knows the local data centre, and its login if the storage has one. */
export function client(transport = 'intermediate', storage = new MemoryStorage(), updates = {}) {
  const wire = new TcpTransport()
  wire.packetCodec = TRANSPORTS[transport]
  const [home] = FACTS.dcs
  const address = { id: home.id, ipAddress: home.host, port: home.port }
  const base = new BaseTelegramClient({
    apiId: 1,
    apiHash: 'local',
    storage,
    defaultDcs: { main: address, media: address },
    transport: wire,
    updates,
    logLevel: 1,
  })
  // A user and a channel of layer 230 are those of layer 227 with fields that the local data centre
  // never sets.
  const readers = base.mt._readerMap
  readers[0xb1b8cc83] ??= readers[0x31774388]
  readers[0xd49f34c6] ??= readers[0x1c32b11c]
  teachButtons(readers, base.mt._writerMap)
  const made = new TelegramClient({ client: base })
  made.onError.add((error) => console.error('mtcute:', error))
  return made
}

/** A client whose storage is a file. */
export const inFile = (path, updates) =>
  client('intermediate', new BaseSqliteStorage(new FileDriver(path)), updates)

/** From now on the key of the local data centre is known. */
export async function learnKey() {
  const crypto = new NodeCryptoProvider()
  await crypto.initialize()
  addPublicKey(crypto, FACTS.key)
}

export async function signIn(user, who) {
  const sent = await user.sendCode({ phone: who.phone })
  let asked = false
  try {
    await user.signIn({
      phone: who.phone,
      phoneCodeHash: sent.phoneCodeHash,
      phoneCode: who.code,
    })
  } catch (error) {
    if (error.text !== 'SESSION_PASSWORD_NEEDED') throw error
    asked = true
    await user.checkPassword(who.password)
  }
  expect('whether a password is asked for', asked, 'password' in who)
  expect('whose login it is', (await user.getMe()).id, who.id)
}
