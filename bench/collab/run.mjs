/*
 * Measures texts against what others use, on this machine and in the same run: see docs/benchmarks.md, which it
 * writes. Every round runs every scenario once against every server, in changing order.
 *
 *   npm run bench:collab                                  everything, five rounds, writes docs/benchmarks.md
 *   npm run bench:collab -- --only typing-500,presence    only these scenarios; writes nothing
 *     --servers multilogue,hocuspocus    only these servers
 *     --rounds 2                         rounds
 *     --kills 20                         how often Multilogue is killed in all, and its power cut; others a tenth as often
 *     --people 500                       people signed in to Multilogue
 *     --results <file>                   adds to the results in this file, and makes the table of all of them
 *     --write                            writes docs/benchmarks.md all the same
 *
 * With BENCH_PROFILE=<folder> every server leaves a CPU profile there when it ends; do not trust its figures.
 */
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { writePage } from './page.mjs'
import { canPin, generatorCommand } from './processes.mjs'
import { isIn, SCENARIOS } from './scenarios/all.mjs'
import { SERVERS } from './servers/all.mjs'
import { tableOf } from './table.mjs'

const TRIAL_LIMIT_MS = 15 * 60_000
/** More for every time that a server is killed and started again. */
const KILL_LIMIT_MS = 30_000
const trial = fileURLToPath(new URL('trial.mjs', import.meta.url))

const { values: options } = parseArgs({
  options: {
    only: { type: 'string' },
    servers: { type: 'string' },
    rounds: { type: 'string', default: '5' },
    kills: { type: 'string', default: '100' },
    people: { type: 'string', default: '500' },
    results: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const scenarios = chosen(options.only, SCENARIOS)
const servers = chosen(options.servers, SERVERS)
const rounds = Number(options.rounds)
const isWhole = !options.only && !options.servers

function chosen(list, all) {
  const names = list?.split(',') ?? Object.keys(all)
  const unknown = names.filter((name) => !(name in all))
  if (unknown.length > 0)
    throw new Error(`There is no ${unknown.join(', ')}. There are: ${Object.keys(all).join(', ')}.`)
  return names
}

const root = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-bench-'))
fs.chmodSync(root, 0o755)
let running
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    // The trial's server stops its database by itself.
    if (running !== undefined) process.kill(-running.pid, 'SIGTERM')
    process.exit(130)
  })
}
const folderOf = (server) => path.join(root, server)
const results = options.results ?? path.join(root, 'results.jsonl')

const began = performance.now()
const clock = () => `${((performance.now() - began) / 60_000).toFixed(1)} min`
if (!canPin) console.log('There is no taskset here: server and load generator share the cores.')
for (const server of servers) {
  fs.mkdirSync(folderOf(server))
  await SERVERS[server].prepare(folderOf(server), { people: Number(options.people) })
}
for (let round = 1; round <= rounds; round++) {
  for (const scenario of scenarios) {
    const order = servers.map((_, at) => servers[(at + round) % servers.length])
    for (const server of order.filter((name) => isIn(scenario, name))) {
      const line = { scenario, server, round, ...(await run(server, scenario, round)) }
      await SERVERS[server].settle?.(folderOf(server))
      fs.appendFileSync(results, `${JSON.stringify(line)}\n`)
      console.log(`${clock()}  round ${round}  ${scenario}  ${server}  ${JSON.stringify(line.result ?? line.error)}`)
    }
  }
}
const lines = fs
  .readFileSync(results, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))
console.log(`\n${tableOf(lines)}`)
if (isWhole || options.write) writePage(lines)
fs.rmSync(root, { recursive: true, force: true })

/** @returns {result} or {error} */
function run(server, scenario, round) {
  const share = server === 'multilogue' ? 1 : 10
  const kills = Math.max(1, Math.round(Number(options.kills) / share / rounds))
  const input = JSON.stringify({ round, kills })
  const [program, ...args] = generatorCommand([trial, server, scenario, folderOf(server), input])
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  running = child
  let said = ''
  let complained = ''
  child.stdout.on('data', (chunk) => (said += chunk))
  child.stderr.on('data', (chunk) => (complained += chunk))
  const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TRIAL_LIMIT_MS + kills * KILL_LIMIT_MS)
  return new Promise((resolve) => {
    child.once('close', () => {
      clearTimeout(timer)
      running = undefined
      try {
        resolve({ result: JSON.parse(said.trim().split('\n').at(-1)) })
      } catch {
        resolve({ error: complained.trim().split('\n').slice(-8).join('\n') || 'no result' })
      }
    })
  })
}
