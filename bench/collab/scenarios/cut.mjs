import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { Disk } from '../disk.mjs'
import { atRate } from '../pace.mjs'
import { Room } from '../room.mjs'
import { replay, tracing } from '../trace.mjs'
import { lostOf } from './kill.mjs'

const CLIENTS = 4
const KEYS_PER_SECOND = 150
const SHORTEST_MS = 300
const LONGEST_MS = 2000

/**
 * As `kill`, and the machine's memory is gone as well: of all that was done to the folder since the start only that
 * stays which a finished sync had brought to the disk. The document was made, and the server stopped in peace, before.
 */
export async function cut(first, { folder, restart, kills }) {
  const sums = { seenKeys: 0, lostKeys: 0, trialsWithLoss: 0 }
  const trace = `${folder}.trace`
  const under = tracing(trace)
  let server = first
  for (let trial = 0; trial < kills; trial++) {
    const [document] = await server.documents(1)
    await server.tree.stop()
    const disk = new Disk(folder)
    server = await restart({ under })
    const room = await new Room(server, document).fill(CLIENTS, { readEvery: CLIENTS })
    const seconds = (SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)) / 1000
    const typing = atRate(KEYS_PER_SECOND, LONGEST_MS / 1000, (nth) => room.members[nth % (CLIENTS - 1)].type())
    await sleep(seconds * 1000)
    await server.tree.kill()
    const { seen } = room.readers[0]
    await typing
    room.leave()
    disk.check(replay(trace, disk))
    disk.cut()
    server = await restart()
    const lost = await lostOf(server, document, seen)
    sums.seenKeys += [...seen.values()].reduce((sum, clock) => sum + clock, 0)
    sums.lostKeys += lost
    if (lost > 0) sums.trialsWithLoss += 1
  }
  fs.rmSync(trace, { force: true })
  return { trials: kills, ...sums }
}
