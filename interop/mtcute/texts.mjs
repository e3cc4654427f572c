// What mtcute's parsers make of the texts that come in: for each a text and its entities.
import { text } from 'node:stream/consumers'

import { html } from '@mtcute/html-parser'
import { md } from '@mtcute/markdown-parser'

const kind = (it) => it._.replace(/^(inputM|m)essageEntity/, '')

const told = (it) => {
  let more = it.language ?? it.url ?? it.userId ?? it.documentId ?? it.date ?? ''
  if (it._ === 'messageEntityBlockquote' && it.collapsed) more = 'collapsed'
  return [kind(it), it.offset, it.length, String(more.userId ?? more)]
}

const read = (parse) => (source) => {
  const made = parse(source)
  return [made.text, (made.entities ?? []).map(told)]
}

const asked = JSON.parse(await text(process.stdin))
console.log(JSON.stringify({
  HTML: asked.HTML.map(read(html)),
  Markdown: asked.Markdown.map(read(md)),
}))
