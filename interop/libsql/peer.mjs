// The client of libSQL's authors on the server that the tests of this library use.
import { createClient } from '@libsql/client/http'

const FACTS = JSON.parse(process.env.INTEROP_FACTS)

const tell = (capability, ok, note = '') => console.log(JSON.stringify({ capability, ok, note }))

async function attempt(capability, steps) {
  try {
    await steps()
    tell(capability, true)
  } catch (error) {
    console.error(error)
    tell(capability, false, String(error))
  }
}

const text = (value) =>
  JSON.stringify(value, (_, it) => {
    if (typeof it === 'bigint') return `${it}n`
    return it instanceof ArrayBuffer ? [...new Uint8Array(it)] : it
  })

function expect(what, got, wanted) {
  if (text(got) !== text(wanted)) throw new Error(`${what} is ${text(got)}, not ${text(wanted)}`)
}

const client = createClient({ url: FACTS.url, authToken: FACTS.token, intMode: 'bigint' })
const count = async (on = client) => (await on.execute('SELECT count(*) AS n FROM t')).rows[0].n

await attempt('statements', async () => {
  await client.execute('CREATE TABLE t (a INTEGER PRIMARY KEY, b, c)')
  const args = [2n ** 60n, new Uint8Array([1, 2, 250])]
  const done = await client.execute({ sql: 'INSERT INTO t (b, c) VALUES (?, ?)', args })
  expect('the row', [done.rowsAffected, done.lastInsertRowid], [1, 1n])
  const named = { x: 'té\0xt', y: 1.5 }
  await client.execute({ sql: 'INSERT INTO t (b, c) VALUES (:x, @y)', args: named })
  const { rows } = await client.execute('SELECT b, c FROM t ORDER BY a')
  expect('the first', [rows[0].b, rows[0].c], [2n ** 60n, [1, 2, 250]])
  expect('the second', [rows[1].b, rows[1].c], ['té\0xt', 1.5])
  await client.executeMultiple('CREATE TABLE u (x); INSERT INTO u VALUES (1);')
  expect('several at once', (await client.execute('SELECT x FROM u')).rows[0].x, 1n)
})

await attempt('batch', async () => {
  const before = await count()
  await client.batch(['INSERT INTO t (b) VALUES (9)', 'INSERT INTO t (b) VALUES (9)'], 'write')
  expect('after one that goes well', await count(), before + 2n)
  const failing = ['INSERT INTO t (b) VALUES (9)', 'INSERT INTO t (a) VALUES (1)']
  const why = await client.batch(failing, 'write').then(() => 'nothing', (error) => error.code)
  expect('why the other fails', why.slice(0, 17), 'SQLITE_CONSTRAINT')
  expect('after it', await count(), before + 2n)
})

await attempt('transaction', async () => {
  const before = await count()
  const undone = await client.transaction('write')
  await undone.execute('INSERT INTO t (b) VALUES (10)')
  expect('within', await count(undone), before + 1n)
  await undone.rollback()
  expect('after it is undone', await count(), before)
  const done = await client.transaction('write')
  await done.batch(['INSERT INTO t (b) VALUES (10)', 'INSERT INTO t (b) VALUES (11)'])
  await done.commit()
  expect('after it is done', await count(), before + 2n)
})

await attempt('errors', async () => {
  const why = (asked) => asked.then(() => 'nothing', (error) => error.message)
  const syntax = await why(client.execute('SELEKT'))
  if (!syntax.includes('syntax error')) throw new Error(syntax)
  const stranger = createClient({ url: FACTS.url, authToken: 'open' })
  const refused = await why(stranger.execute('SELECT 1'))
  if (!refused.includes('is no token')) throw new Error(refused)
})

await attempt('our tables', async () => {
  const { rows } = await client.execute({
    sql: `SELECT s.home_dc, k.key, p.access_hash, n.written FROM ferogram_session AS s
      JOIN ferogram_key AS k ON k.session = s.id
      JOIN ferogram_peer AS p ON p.session = s.id
      JOIN ferogram_name AS n ON n.session = s.id AND n.kind = p.kind AND n.id = p.id
      WHERE s.name = ? AND n.name = ?`,
    args: ['default', 'name8'],
  })
  expect('how many there are', rows.length, 1)
  const { home_dc: home, key, access_hash: hash, written } = rows[0]
  expect('what is there', [home, hash, written], [2n, -(2n ** 63n) + 8n, 'Name8'])
  expect('the key', key, Array(256).fill(0xab))
})
