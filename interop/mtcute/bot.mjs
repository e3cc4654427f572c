// A bot of mtcute's dispatcher on the local data centre, which our client uses.
import { spawn } from 'node:child_process'

import { BotKeyboard } from '@mtcute/node'
import { Dispatcher, filters, MemoryStateStorage } from '@mtcute/dispatcher'

import { client, FACTS, learnKey } from './client.mjs'

/** The bot of the script, as mtcute's users write one. */
function bot(user) {
  const dp = Dispatcher.for(user, { storage: new MemoryStateStorage() })
  dp.onError((error, update) => {
    console.error('mtcute:', update.name, error)
    return true
  })
  const number = (text) => (/^\d+$/.test(text) ? Number(text) : undefined)

  dp.onNewMessage(filters.command('start'), (it) => it.answerText('Hello.'))
  dp.onNewMessage(filters.command('add'), (it) => {
    const [a, b] = it.command.slice(1).map(number)
    const known = a !== undefined && b !== undefined
    return it.answerText(known ? String(a + b) : 'Two numbers, please.')
  })
  dp.onNewMessage(filters.command('choose'), (it) => {
    const row = [BotKeyboard.callback('Left', 'left'), BotKeyboard.callback('Right', 'right')]
    return it.answerText('Left or right?', { replyMarkup: BotKeyboard.inline([row]) })
  })
  for (const side of ['left', 'right']) {
    const text = `${side[0].toUpperCase()}${side.slice(1)} it is.`
    dp.onCallbackQuery(filters.equals(side), (it) => it.answer({ text }))
  }
  dp.onNewMessage(filters.command('form'), async (it, state) => {
    await state.set({ at: 'name' })
    await it.answerText('Your name?')
  })
  // mtcute's own conversations begin with the dialog, for which bots may not ask: here it is states.
  dp.onNewMessage(filters.command('sum'), async (it, state) => {
    await state.set({ at: 'first' })
    await it.answerText('The first number?')
  })
  dp.onNewMessage(filters.state((it) => it?.at === 'first'), async (it, state) => {
    await state.set({ at: 'second', first: Number(it.text) })
    await it.answerText('The second number?')
  })
  dp.onNewMessage(filters.state((it) => it?.at === 'second'), async (it, state) => {
    const { first } = await state.get()
    await state.delete()
    await it.answerText(`That makes ${first + Number(it.text)}.`)
  })
  dp.onNewMessage(filters.state((it) => it?.at === 'name'), async (it, state) => {
    await state.set({ at: 'age', name: it.text })
    await it.answerText(`How old are you, ${it.text}?`)
  })
  dp.onNewMessage(filters.state((it) => it?.at === 'age'), async (it, state) => {
    const age = number(it.text)
    if (age === undefined) return it.answerText('A number, please.')
    const { name } = await state.get()
    await state.delete()
    await it.answerText(`${name} is ${age}.`)
  })
  dp.onNewMessage((it) => it.answerText(`You said: ${it.text}`))
}

async function main() {
  await learnKey()
  const user = client()
  bot(user)
  await user.signInBot(FACTS.bot.token)
  const options = { stdio: ['ignore', 'inherit', 'inherit'] }
  const ours = spawn(FACTS.events, ['talk', FACTS.bot.username], options)
  return new Promise((resolve) => ours.on('exit', resolve))
}

process.exit(await main())
