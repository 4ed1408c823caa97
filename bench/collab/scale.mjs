/*
 * Measures what it costs to spread the same texts and people over one, two and three processes on one database, and
 * writes the table of docs/scale.md.
 *
 *   npm run bench:scale                  three rounds, writes docs/scale.md
 *   npm run bench:scale -- --rounds 1    a quick look that writes nothing
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { Histogram } from './histogram.mjs'
import { atRate, until } from './pace.mjs'
import { pinToGeneratorCore, startServer } from './processes.mjs'
import { Room } from './room.mjs'
import { prepare, startBeside } from './servers/multilogue.mjs'
import { Socket } from './socket.mjs'

const TEXTS = 20
const CLIENTS = 20
const TYPISTS = 10
const KEYS_PER_SECOND = TEXTS * TYPISTS * 3
const WARM_UP_SECONDS = 2
const SECONDS = 5
const WAYS = [
  { processes: 1, way: '' },
  { processes: 2, way: 'gathered' },
  { processes: 2, way: 'scattered' },
  { processes: 3, way: 'gathered' },
  { processes: 3, way: 'scattered' },
]
const ROUNDS = 3
const BEGIN = '<!-- results: written by npm run bench:scale -->'
const END = '<!-- end of results -->'
const page = fileURLToPath(new URL('../../docs/scale.md', import.meta.url))
const database = fileURLToPath(new URL('servers/postgres.server.mjs', import.meta.url))

const { values: options } = parseArgs({ options: { rounds: { type: 'string' } } })
const rounds = Number(options.rounds ?? ROUNDS)

pinToGeneratorCore()
const root = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-scale-'))
fs.chmodSync(root, 0o755)
const folder = path.join(root, 'multilogue')
fs.mkdirSync(folder)
await prepare(folder, { people: CLIENTS })

const results = []
for (let round = 0; round < rounds; round++) {
  for (let at = 0; at < WAYS.length; at++) {
    const way = WAYS[(at + round) % WAYS.length]
    const result = await run(way)
    results.push({ ...way, ...result })
    console.log(`round ${round + 1}  ${way.processes} ${way.way}  ${JSON.stringify(result)}`)
  }
}
console.log(`\n${table()}`)
if (options.rounds === undefined) writePage()
fs.rmSync(root, { recursive: true, force: true })
process.exit()

async function run({ processes, way }) {
  const postgres = await startServer([database, folder])
  const servers = []
  try {
    for (let at = 0; at < processes; at++) servers.push(await startBeside(folder, postgres.address))
    return await typing({ postgres, servers, way })
  } finally {
    Socket.destroyAll()
    for (const { tree } of servers) await tree.stop()
    await postgres.tree.stop()
  }
}

async function typing({ postgres, servers, way }) {
  const documents = await servers[0].documents(TEXTS)
  const rooms = documents.map((id, at) => new Room(way === 'scattered' ? servers : servers[at % servers.length], id))
  for (const room of rooms) await room.fill(CLIENTS, { readEvery: CLIENTS / 4 })
  const type = (nth) => rooms[nth % TEXTS].members[Math.floor(nth / TEXTS) % TYPISTS].type()
  await atRate(KEYS_PER_SECOND, WARM_UP_SECONDS, type)
  for (const room of rooms) room.startCounting()
  const before = cpuOf(servers, postgres)
  await atRate(KEYS_PER_SECOND, SECONDS, type)
  const after = cpuOf(servers, postgres)
  const missing = () => rooms.reduce((sum, room) => sum + room.missing, 0)
  await until(() => missing() === 0, 5000)
  const latency = new Histogram()
  for (const room of rooms) latency.addAll(room.latency)
  const keys = KEYS_PER_SECOND * SECONDS
  return {
    serverMicroseconds: ((after.servers - before.servers) / keys) * 1e6,
    databaseMicroseconds: ((after.database - before.database) / keys) * 1e6,
    p50: latency.quantile(0.5),
    p99: latency.quantile(0.99),
    megabytes: Math.max(...servers.map(({ tree }) => tree.rss())),
    missing: missing(),
  }
}

function cpuOf(servers, postgres) {
  return {
    servers: servers.reduce((sum, { tree }) => sum + tree.cpu().all, 0),
    database: postgres.tree.cpu().all,
  }
}

function table() {
  const figures = [
    ['serverMicroseconds', 'servers, µs of CPU per key', 0],
    ['databaseMicroseconds', 'database, µs of CPU per key', 0],
    ['p50', 'p50, ms', 1],
    ['p99', 'p99, ms', 1],
    ['megabytes', 'memory of the largest process, MB', 0],
    ['missing', 'keys that never came', 0],
  ]
  const written = (values, digits) => {
    const list = values.sort((a, b) => a - b)
    const [least, most] = [list[0].toFixed(digits), list.at(-1).toFixed(digits)]
    const median = list[Math.floor((list.length - 1) / 2)].toFixed(digits)
    return least === most ? median : `${median} (${least}–${most})`
  }
  const head = ['processes', 'people of a text', ...figures.map(([, says]) => says)]
  const body = WAYS.map(({ processes, way }) => {
    const own = results.filter((result) => result.processes === processes && result.way === way)
    return [
      processes,
      way,
      ...figures.map(([name, , digits]) =>
        written(
          own.map((result) => result[name]),
          digits,
        ),
      ),
    ]
  })
  return [head, head.map(() => '---'), ...body].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function writePage() {
  const text = fs.readFileSync(page, 'utf8')
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`docs/scale.md has lost its marks ${BEGIN} and ${END}.`)
  const made = `Made by \`npm run bench:scale\` (${rounds} rounds) on ${new Date().toISOString().slice(0, 10)}.`
  fs.writeFileSync(page, [before, BEGIN, '\n\n', made, '\n\n', table(), '\n\n', END, after].join(''))
  console.log('docs/scale.md has the table.')
}
