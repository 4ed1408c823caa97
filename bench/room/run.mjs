/*
 * Measures a full room: 500 people have one session open while statements are made, and all of them come back at once
 * after a break. Beside it the floor: socket.io alone, which knows neither rights nor order nor a database. Rounds take
 * turns; figures are medians of the rounds.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { pinToGeneratorCore } from '../collab/processes.mjs'
import { median, percentile } from '../figures.mjs'
import * as floor from './floor.mjs'
import { Member } from './members.mjs'
import * as multilogue from './multilogue.mjs'
import { pageCost } from './page.mjs'

const { values: options } = parseArgs({
  options: { rounds: { type: 'string', default: '5' }, people: { type: 'string', default: '500' } },
})
const [rounds, people] = [Number(options.rounds), Number(options.people)]
const STATEMENTS = 400
const PER_SECOND = 20
const MISSED = 40
const LONGEST_MS = 90_000
const WORDS = 'The delegation supports the proposal of the facilitator and asks that the text speak of cooperatives.'

/** @returns a promise that all has come, or an error of how much has not */
function awaited(count, what) {
  let [left, done] = [count, undefined]
  const all = new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${left} of ${count} ${what} did not come`)), LONGEST_MS)
    done = () => (clearTimeout(timer), resolve())
  })
  return { all, one: () => --left === 0 && done() }
}

async function round(server) {
  let hear = () => undefined
  const members = Array.from({ length: people }, (_, at) => new Member(server, at, (...told) => hear(...told)))
  await Promise.all(members.map((member) => member.join()))

  const began = new Map()
  const deliveries = []
  const heard = awaited(STATEMENTS * people, 'deliveries')
  hear = (happening, now) => {
    const words = server.wordsOf(happening)
    if (!began.has(words)) return
    deliveries.push({ words, now })
    heard.one()
  }
  const cpu = server.tree.cpu().all
  const start = performance.now()
  const said = []
  for (let at = 0; at < STATEMENTS; at++) {
    await sleep(Math.max(0, start + (at * 1000) / PER_SECOND - performance.now()))
    const words = `${at} ${WORDS}`
    began.set(words, performance.now())
    said.push(server.say(at, words))
  }
  await Promise.all([heard.all, ...said])
  const seconds = (performance.now() - start) / 1000
  const cores = (server.tree.cpu().all - cpu) / seconds
  const fromSending = deliveries.map(({ words, now }) => now - began.get(words))

  members.forEach((member) => member.leave())
  for (let at = 0; at < MISSED; at++) {
    const words = `missed ${at} ${WORDS}`
    began.set(words, performance.now())
    await server.say(at, words)
  }
  // Without a database, what was missed is gone.
  const missed = server.stream ? awaited(MISSED * people, 'missed statements') : undefined
  hear = (happening) => began.has(server.wordsOf(happening)) && missed?.one()
  const back = performance.now()
  await Promise.all([...members.map((member) => member.join()), missed?.all])
  const rejoin = performance.now() - back
  members.forEach((member) => member.leave())
  return {
    p50: percentile(fromSending, 0.5),
    p99: percentile(fromSending, 0.99),
    cores,
    rejoin,
  }
}

const FIGURES = [
  ['p50', 'statement sent to heard, p50, ms', 1],
  ['p99', 'statement sent to heard, p99, ms (target 150)', 1],
  ['cores', 'server and its database, cores', 2],
  ['rejoin', `all come back at once after ${MISSED} statements: all current, ms (target 3000)`, 0],
]

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-room-'))
fs.chmodSync(folder, 0o755)
const servers = []
try {
  const own = await multilogue.start(path.join(folder, 'multilogue'))
  servers.push(['multilogue', own, []])
  const page = await pageCost(own)
  pinToGeneratorCore()
  const sample = await new Promise((resolve) => {
    const listener = new Member(own, 0, (happening) => own.wordsOf(happening) && (listener.leave(), resolve(happening)))
    void listener.join().then(() => own.say(0, WORDS))
  })
  servers.push(['socket.io', await floor.start(sample), []])
  for (let at = 0; at < rounds; at++)
    for (const [name, server, told] of at % 2 ? servers.toReversed() : servers) {
      told.push(await round(server))
      console.log(name, JSON.stringify(told.at(-1)))
    }
  console.log(`\n${people} people, ${PER_SECOND} statements/s for ${STATEMENTS / PER_SECOND} s, ${rounds} rounds\n`)
  console.log(`| figure | ${servers.map(([name]) => name).join(' | ')} | ratio |\n|---|${'---|'.repeat(3)}`)
  for (const [figure, title, digits] of FIGURES) {
    const [one, other] = servers.map(([, , told]) => median(told.map((values) => values[figure])))
    console.log(`| ${title} | ${one.toFixed(digits)} | ${other.toFixed(digits)} | ${(one / other).toFixed(2)} × |`)
  }
  console.log(`| session page: script, compressed, KB (target 120) | ${page.script.toFixed(1)} | | |`)
  console.log(`| the same with the text under discussion open beside it, KB | ${page.withText.toFixed(1)} | | |`)
  console.log(`| session page: data, KB (target 60) | ${page.data.toFixed(1)} | | |`)
} finally {
  for (const [, server] of servers) await server.tree.stop()
  fs.rmSync(folder, { recursive: true, force: true })
}
