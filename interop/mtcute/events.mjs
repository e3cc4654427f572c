// What happens, told by mtcute to our client and the other way round; our bot, used by mtcute.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

import { attempt, client, expect, FACTS, inFile, learnKey, Mailbox, signIn } from './client.mjs'

// What there is to tell takes its time.
const LONG = 240_000
const COUNT = FACTS.doings

/** Our client's half, under way. */
class Ours {
  constructor(...command) {
    const options = { stdio: ['pipe', 'pipe', 'inherit'] }
    this.running = spawn(FACTS.events, command.map(String), options)
    this.running.stdin.on('error', () => {})
    this.lines = createInterface({ input: this.running.stdout })[Symbol.asyncIterator]()
  }
  async line() {
    const { value, done } = await this.lines.next()
    if (done) throw new Error(`our client ended with ${this.running.exitCode}`)
    return value
  }
  told = 0
  tell(text = '') {
    this.told += 1
    this.running.stdin.write(`${text}\n`)
  }
  end() {
    this.running.stdin.end()
  }
}

/** Does something with our half, and ends that in any case. */
async function using(command, act) {
  const ours = new Ours(...command)
  try {
    return await act(ours)
  } finally {
    ours.running.kill()
  }
}

const read = (command) => using(command, async (ours) => JSON.parse(await ours.line()))

/** Makes the chats of the plan. */
async function chats(user) {
  const made = { private: 'robert' }
  made.group = (await user.createGroup({ title: 'A group', users: 'robert' })).chat.id
  made.supergroup = (await user.createSupergroup({ title: 'A supergroup' })).id
  made.channel = (await user.createChannel({ title: 'A channel' })).id
  for (const chat of [made.supergroup, made.channel]) await user.addChatMembers(chat, 'robert', {})
  return made
}

/** mtcute writes, edits and deletes; our client is told of it, however often it is cut off. */
async function oursIsTold() {
  const plan = await read(['plan', COUNT])
  const alice = client()
  await signIn(alice, FACTS.user)
  return using(['hear', COUNT], async (ours) => {
    expect('what our client says', await ours.line(), 'ready')
    const [places, sent] = [await chats(alice), {}]
    for (const step of plan) {
      const [chatId, which] = [places[step.place], `${step.place} ${step.number}`]
      if (step.do === 'send') sent[which] = (await alice.sendText(chatId, step.text)).id
      else if (step.do === 'edit') {
        await alice.editMessage({ chatId, message: sent[which], text: step.text })
      } else await alice.deleteMessagesById(chatId, [sent[which]])
    }
    const note = await ours.line()
    await alice.logOut()
    await alice.destroy()
    return note
  })
}

/**
 * From now on our checker is told what happens to somebody. Signing in starts mtcute's loop of
 * updates; started once more meanwhile, it would give everything twice.
 */
function listen(user, checker) {
  const numbering = (raw) => (raw.peerId._ === 'peerChannel' ? raw.peerId.channelId : null)
  user.onNewMessage.add((message) => {
    if (message.isOutgoing || message.isService) return
    const channel = numbering(message.raw)
    checker.tell(JSON.stringify({ do: 'new', channel, id: message.id, text: message.text }))
  })
  user.onEditMessage.add((message) => {
    checker.tell(JSON.stringify({ do: 'edit', text: message.text }))
  })
  user.onDeleteMessage.add((gone) => {
    const channel = gone.raw.channelId ?? null
    checker.tell(JSON.stringify({ do: 'delete', channel, ids: gone.messageIds }))
  })
}

/** mtcute is away while our client writes, edits and deletes, and makes up for it. */
async function catchesUp(folder, found) {
  const path = join(folder, 'robert.session')
  return using(['check', COUNT], async (checker) => {
    const one = inFile(path)
    listen(one, checker)
    await signIn(one, FACTS.guarded)
    await using(['act', COUNT], async (ours) => {
      expect('what our client says', await ours.line(), 'away?')
      while (checker.told < Math.floor(COUNT / 10)) {
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      await one.destroy()
      ours.tell()
      expect('what our client says', await ours.line(), 'done')
    })
    const two = inFile(path, { catchUp: true })
    listen(two, checker)
    await two.connect()
    await two.startUpdatesLoop()
    found.push(await checker.line())
    await new Promise((resolve) => setTimeout(resolve, 1000)) // What comes twice comes soon.
    await two.logOut()
    await two.destroy()
    checker.end()
    return found[0] === 'complete' ? checker.line() : ''
  })
}

/** Our bot answers as the script says. */
async function ourBot(user, answers, lines) {
  let last
  for (const step of lines) {
    let got
    if (step.say) {
      await user.sendText(FACTS.bot.username, step.say)
      last = await answers.take()
      got = last.text
    } else {
      const pressed = { chatId: last.chat.id, message: last.id, data: step.press }
      got = (await user.getCallbackAnswer(pressed)).message
    }
    expect(`the answer to ${JSON.stringify(step)}`, got, step.hear)
  }
}

async function main() {
  await learnKey()
  await attempt('ours is told', oursIsTold, LONG)
  const folder = mkdtempSync(join(tmpdir(), 'mtcute-'))
  const found = []
  await attempt('what it missed', () => catchesUp(folder, found), LONG)
  await attempt('what was changed', async () => {
    expect('what our checker says', found, ['complete'])
  })
  rmSync(folder, { recursive: true })
  const script = await read(['script'])
  await using(['bot'], async (bot) => {
    expect('what our bot says', await bot.line(), 'ready')
    const [alice, answers] = [client(), new Mailbox()]
    alice.onNewMessage.add((message) => {
      if (!message.isOutgoing) answers.put(message)
    })
    await signIn(alice, FACTS.user)
    for (const part of script) {
      await attempt(part.capability, () => ourBot(alice, answers, part.lines))
    }
    await alice.logOut()
    bot.end()
  })
}

await main()
process.exit(0)
