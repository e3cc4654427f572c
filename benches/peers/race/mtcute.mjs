// The runner that is mtcute's dispatcher: `ADDRESS SESSION handled COUNT`, the server's key in RACE_KEY.
// It runs beside what `interop/mtcute` has: its modules, and its client for the local data centre.
import { createInterface } from 'node:readline'

import { Dispatcher } from '@mtcute/dispatcher'

/** How long nothing may come. Who has not heard all by then has lost some. */
const PATIENCE = 10_000

const [address, , , wanted] = process.argv.slice(2)
const [host, port] = address.split(':')
const dcs = [{ id: 2, host, port: Number(port) }]
process.env.INTEROP_FACTS = JSON.stringify({ dcs, key: process.env.RACE_KEY })
const { client, learnKey } = await import('./client.mjs')

const told = createInterface({ input: process.stdin })[Symbol.asyncIterator]()

/** Says a line and waits to be told to go on. */
async function reach(line) {
  console.log(line)
  await told.next()
}

await learnKey()
const user = client()
let [count, first, last] = [0, undefined, performance.now()]
const heard = new Promise((resolve) => {
  Dispatcher.for(user).onNewMessage(() => {
    count += 1
    last = performance.now()
    first ??= last
    if (count === Number(wanted)) resolve()
  })
})
await user.signInBot('1004:mtcute')
await reach('begin')
last = performance.now()
const lost = new Promise((resolve) => {
  setInterval(() => performance.now() - last > PATIENCE && resolve(), 100)
})
await Promise.race([heard, lost])
await reach(`done ${count} ${(last - (first ?? last)) / 1000}`)
process.exit(0)
