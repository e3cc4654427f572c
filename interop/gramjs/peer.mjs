// A login as text between our client and GramJS, on the local data centre.
import { execFile } from 'node:child_process'
import { createPublicKey } from 'node:crypto'

import bigInt from 'big-integer'
import { Api, TelegramClient } from 'telegram'
import { _serverKeys } from 'telegram/crypto/RSA.js'
import { PromisedNetSockets } from 'telegram/extensions/PromisedNetSockets.js'
import { StringSession } from 'telegram/sessions/index.js'
import { tlobjects } from 'telegram/tl/AllTLObjects.js'

const FACTS = JSON.parse(process.env.INTEROP_FACTS)
const PATIENCE = 20_000

const tell = (capability, ok, note = '') =>
  process.stdout.write(`${JSON.stringify({ capability, ok, note })}\n`)

// GramJS may wait with nothing left to wake it: this timer then keeps the program alive.
const late = () =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new Error(`nothing within ${PATIENCE} ms`)), PATIENCE)
  })

async function attempt(capability, steps) {
  try {
    await Promise.race([steps(), late()])
    tell(capability, true)
  } catch (error) {
    console.error(error)
    tell(capability, false, String(error))
  }
}

function expect(what, got, wanted) {
  if (got !== wanted) throw new Error(`${what} is ${got}, not ${wanted}`)
}

/** Runs our client's half; gives what it prints. */
const ours = (command, text = '') =>
  new Promise((resolve, reject) => {
    const running = execFile(FACTS.sessions, command, (error, said, why) => {
      error ? reject(new Error(`our client: ${why}`)) : resolve(said.trim())
    })
    running.stdin.end(text)
  })

function client(session) {
  // GramJS asks for port 80 whatever its session says; here it is the session's.
  const networkSocket = class extends PromisedNetSockets {
    connect(_, host) {
      return super.connect(session.port, host)
    }
  }
  const options = { connectionRetries: 1, requestRetries: 1, networkSocket }
  const made = new TelegramClient(session, 1, 'local', options)
  made.setLogLevel('error')
  return made
}

function teach() {
  const { n, e } = createPublicKey(FACTS.key).export({ format: 'jwk' })
  const number = (text) => bigInt(Buffer.from(text, 'base64url').toString('hex'), 16)
  const fingerprint = BigInt.asIntN(64, BigInt(`0x${FACTS.fingerprint}`))
  _serverKeys.set(String(fingerprint), { n: number(n), e: number(e).toJSNumber() })
  // A user of layer 230 is one of layer 198 with fields that the local data centre never sets.
  tlobjects[0xb1b8cc83] ??= Api.User
}

async function ourSession() {
  const one = client(new StringSession(await ours(['export', 'gramjs'])))
  await one.connect()
  const me = await one.getMe()
  await one.destroy()
  expect('whose login it is', String(me.id), String(FACTS.bot.id))
}

async function theirSession() {
  const session = new StringSession('')
  const [home] = FACTS.dcs
  session.setDC(home.id, home.host, home.port)
  const one = client(session)
  await one.connect()
  const { phone, code } = FACTS.user
  const { phoneCodeHash } = await one.sendCode({ apiId: 1, apiHash: 'local' }, phone)
  await one.invoke(new Api.auth.SignIn({ phoneNumber: phone, phoneCodeHash, phoneCode: code }))
  const text = session.save()
  await one.destroy()
  expect('whose login it is', await ours(['import'], text), String(FACTS.user.id))
}

teach()
await attempt('our session there', ourSession)
await attempt('their session here', theirSession)
process.exit(0)
