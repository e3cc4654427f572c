// mtcute's photos, albums, stickers and voice messages on the local data centre, and ours.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'

import { attempt, client, expect, FACTS, learnKey, signIn } from './client.mjs'

// So many messages come of what each sends.
const COUNT = 5

const ours = (...given) => execFileSync(FACTS.sessions, given, { encoding: 'utf8' }).trim()

/** A PNG file as far as its size goes, and then whatever. */
function picture(width, height) {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([head, size, Buffer.alloc(5000, width % 256)])
}

/** What is seen of a message, as our client says it. */
async function shown(user, message) {
  const { media } = message
  const seen = { kind: media.type }
  if (media.type === 'photo') {
    seen.sizes = media.raw.sizes
      .filter((size) => size._ === 'photoSize' || size._ === 'photoSizeProgressive')
      .map((size) => [size.type, size.w, size.h])
  } else {
    for (const one of media.raw.attributes) {
      if (one._ === 'documentAttributeSticker') seen.emoji = one.alt
      if (one._ === 'documentAttributeImageSize') seen.size = [one.w, one.h]
      if (one._ === 'documentAttributeFilename') seen.name = one.fileName
      if (one._ === 'documentAttributeVideo') {
        seen.size = [one.w, one.h]
        seen.seconds = one.duration
      }
      if (one._ === 'documentAttributeAudio') {
        seen.seconds = one.duration
        seen.waveform = Buffer.from(one.waveform ?? []).toString('hex')
      }
    }
  }
  const got = await user.downloadAsBuffer(media)
  seen.text = message.text
  seen.album = message.groupedId !== null
  seen.sha256 = createHash('sha256').update(got).digest('hex')
  return seen
}

const sorted = (seen) => Object.entries(seen).sort(([a], [b]) => (a < b ? -1 : 1))

/** Both see the same in the last messages. */
async function compared(user) {
  const said = JSON.parse(ours('tell-media', String(COUNT)))
  const messages = (await user.getHistory('me')).slice(0, COUNT).reverse()
  expect('how many there are', messages.length, COUNT)
  for (const [number, message] of messages.entries()) {
    expect(`message ${number}`, sorted(await shown(user, message)), sorted(said[number]))
  }
  return said.map((one) => one.kind).join(', ')
}

async function ourMedia(user) {
  ours('send-media')
  return compared(user)
}

async function theirMedia(user) {
  const photo = (width, height, fileName, caption) => ({
    type: 'photo', file: picture(width, height), fileName, caption,
  })
  await user.sendMedia('me', photo(800, 600, 'one.png', 'a photo'))
  await user.sendMediaGroup('me', [
    photo(64, 48, 'two.png', 'an album'),
    {
      type: 'video', file: Buffer.alloc(9000, 7), fileName: 'three.mp4', fileMime: 'video/mp4',
      width: 320, height: 240, duration: 2,
    },
  ])
  await user.sendMedia('me', {
    type: 'sticker', file: Buffer.alloc(900, 8), fileName: 'four.webp', fileMime: 'image/webp', alt: '🐶',
  })
  await user.sendMedia('me', {
    type: 'voice', file: Buffer.alloc(900, 9), fileName: 'five.ogg', fileMime: 'audio/ogg', duration: 3,
    waveform: Array.from({ length: 100 }, (_, at) => at % 32),
  })
  return compared(user)
}

async function main() {
  await learnKey()
  const user = client()
  await signIn(user, FACTS.user)
  await attempt('our media there', () => ourMedia(user))
  await attempt('their media here', () => theirMedia(user))
  await user.logOut()
}

await main()
process.exit(0)
