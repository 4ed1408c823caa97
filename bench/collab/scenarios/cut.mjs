import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { atRate } from '../pace.mjs'
import { cutAtLastSync, SyncTrace } from '../power-cut.mjs'
import { Room } from '../room.mjs'
import { lostOf } from './kill.mjs'

const CLIENTS = 4
const KEYS_PER_SECOND = 150
const SHORTEST_MS = 300
const LONGEST_MS = 2000

/**
 * As `kill`, and the machine's memory is gone as well: of what was written since the start only that stays which a
 * finished sync had brought to the disk (power-cut.mjs).
 */
export async function cut(first, { folder, restart, kills }) {
  const seen = { seenKeys: 0, lostKeys: 0, trialsWithLoss: 0 }
  const before = `${folder}.before`
  const log = `${folder}.trace`
  let server = first
  for (let trial = 0; trial < kills; trial++) {
    const [document] = await server.documents(1)
    await server.tree.stop()
    fs.cpSync(folder, before, { recursive: true, preserveTimestamps: true })
    keepOwners(folder, before)
    const trace = new SyncTrace(log)
    server = await restart({ under: trace.command })
    const room = await new Room(server, document).fill(CLIENTS, { readEvery: CLIENTS })
    const seconds = (SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)) / 1000
    const typing = atRate(KEYS_PER_SECOND, LONGEST_MS / 1000, (nth) => room.members[nth % (CLIENTS - 1)].type())
    await sleep(seconds * 1000)
    await server.tree.kill()
    const { seen: clocks } = room.readers[0]
    await typing
    room.leave()
    cutAtLastSync({ folder, before, synced: trace.read() })
    fs.rmSync(before, { recursive: true })
    server = await restart()
    const lost = await lostOf(server, document, clocks)
    seen.seenKeys += [...clocks.values()].reduce((sum, clock) => sum + clock, 0)
    seen.lostKeys += lost
    if (lost > 0) seen.trialsWithLoss += 1
  }
  fs.rmSync(log, { force: true })
  return { trials: kills, ...seen }
}

/** PostgreSQL may belong to a user of its own. */
function keepOwners(from, to) {
  for (const name of ['.', ...fs.readdirSync(from, { recursive: true })]) {
    const { uid, gid } = fs.lstatSync(`${from}/${name}`)
    fs.lchownSync(`${to}/${name}`, uid, gid)
  }
}
