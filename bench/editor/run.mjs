/*
 * Measures the editor in Chromium: a text of 60 pages while twenty others type in it, beside a plain page with TipTap
 * and Hocuspocus. Rounds take turns; figures are medians of the rounds.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { median, percentile } from '../figures.mjs'
import { editorCode } from './bundle.mjs'
import * as hocuspocus from './hocuspocus.mjs'
import * as multilogue from './multilogue.mjs'
import { others } from './others.mjs'
import { asPhone, openCompilation, opened, scripts, typeKeys, watch } from './page.mjs'
import { OTHERS, PARAGRAPHS, WORDS } from './sizes.mjs'

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    keys: { type: 'string', default: '200' },
    servers: { type: 'string', default: 'multilogue,hocuspocus' },
  },
})
const keys = Number(options.keys)
const KEY_GAP = 120
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 }

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-editor-'))
fs.chmodSync(folder, 0o755)
const chrome = await chromium.launch(launchOptions())
const servers = []

async function inPage(server, settings, use) {
  const context = await chrome.newContext(settings)
  try {
    const page = await context.newPage()
    await server.signIn(page)
    await watch(page)
    return await use(page)
  } finally {
    await context.close()
  }
}

async function round(server) {
  const told = {}
  const stop = await others(server.join)
  try {
    await inPage(server, { viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(server.address + server.path)
      const { readable, socket } = await opened(page)
      Object.assign(told, { readable, socket })
      const taken = await typeKeys(page, server.editor, keys, KEY_GAP)
      told.workedP50 = percentile(
        taken.map(({ worked }) => worked),
        0.5,
      )
      told.workedP95 = percentile(
        taken.map(({ worked }) => worked),
        0.95,
      )
      told.paintedP95 = percentile(
        taken.map(({ painted }) => painted),
        0.95,
      )
    })
  } finally {
    stop()
  }
  await inPage(server, { viewport: { width: 1280, height: 800 } }, async (page) => {
    if (server.text) {
      await page.goto(`${server.address}/documents`)
      await page.getByRole('link', { name: /^Long text/ }).waitFor()
      const without = await scripts(page)
      await page.goto(server.address + server.path)
      await page.locator(server.editor).waitFor()
      const loaded = await scripts(page)
      told.script = sum(loaded)
      told.textScript = sum(new Map([...loaded].filter(([name]) => !without.has(name))))
      told.editorScript = editorCode()
      told.compilation = await openCompilation(page, server.text.proposals)
    } else {
      await page.goto(server.address + server.path)
      await page.locator(server.editor).waitFor()
      told.script = sum(await scripts(page))
      told.editorScript = told.textScript = told.script
    }
  })
  await inPage(server, PHONE, async (page) => {
    await asPhone(page)
    await page.goto(server.address + server.path, { timeout: 120_000 })
    told.phone = (await opened(page)).readable
  })
  return told
}

const sum = (sizes) => [...sizes.values()].reduce((all, size) => all + size, 0)

const FIGURES = [
  ['workedP50', 'key: p50 until the page has changed and laid out its text, ms', 1],
  ['workedP95', 'key: p95 of the same, ms (target 16)', 1],
  ['paintedP95', 'key: p95 until the frame with it, ms', 1],
  ['readable', 'words can be read, ms', 0],
  ['socket', 'the socket of the text is open, ms', 0],
  ['compilation', 'compilation of all proposals opened, ms (target 500)', 0],
  ['editorScript', 'the editor and what it imports, compressed, KB (target 180)', 1, 1000],
  ['textScript', 'script that only pages with texts load, compressed, KB', 1, 1000],
  ['script', 'all script of the page, compressed, KB', 1, 1000],
  ['phone', 'phone: words can be read, ms (target 3000)', 0],
]

try {
  for (const name of options.servers.split(','))
    servers.push([name, await { multilogue, hocuspocus }[name].start(path.join(folder, name)), []])
  for (let at = 0; at < Number(options.rounds); at++)
    for (const [name, server, rounds] of at % 2 ? servers.toReversed() : servers) {
      const told = await round(server)
      rounds.push(told)
      console.log(name, JSON.stringify(told))
    }
  const [, { text, authors }] = servers.find(([name]) => name === 'multilogue') ?? ['', {}]
  console.log(
    `\n${PARAGRAPHS} paragraphs of ${WORDS + 3} words, ${OTHERS} others typing, ${keys} keys a round, ${options.rounds} rounds` +
      (text ? `; Multilogue with ${authors} authors, ${text.proposals} proposals, ${text.comments} comments` : ''),
  )
  console.log(
    `\n| figure | ${servers.map(([name]) => name).join(' | ')} | ratio |\n|---|${'---|'.repeat(servers.length + 1)}`,
  )
  for (const [figure, title, digits, unit = 1] of FIGURES) {
    const medians = servers.map(([, , rounds]) => median(rounds.map((told) => told[figure] / unit)))
    const cells = medians.map((value) => (Number.isFinite(value) ? value.toFixed(digits) : ''))
    const [own, other] = medians
    console.log(`| ${title} | ${cells.join(' | ')} | ${own / other > 0 ? `${(own / other).toFixed(2)} ×` : ''} |`)
  }
} finally {
  await chrome.close()
  for (const [, server] of servers) await server.stop()
  fs.rmSync(folder, { recursive: true, force: true })
}
