import { setTimeout as sleep } from 'node:timers/promises'
import { atRate, until } from '../pace.mjs'
import { Member, Room } from '../room.mjs'
import { Traffic } from '../socket.mjs'
import { eachSpan, readSync } from '../wire.mjs'

const CLIENTS = 4
const KEYS_PER_SECOND = 150
const SHORTEST_MS = 300
const LONGEST_MS = 2000
/** Some send the rest of a text after their first answer. */
const REST_MS = 2000

/**
 * Three people type and a fourth watches; at a random moment the server and its database are killed (SIGKILL). After
 * a new start somebody who has nothing reads the text: is all there that the fourth had seen?
 */
export async function kill(first, { restart, kills }) {
  let server = first
  let seenKeys = 0
  let lostKeys = 0
  let trialsWithLoss = 0
  for (let trial = 0; trial < kills; trial++) {
    const [document] = await server.documents(1)
    const room = await new Room(server, document).fill(CLIENTS, { readEvery: CLIENTS })
    const seconds = (SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS)) / 1000
    const typing = atRate(KEYS_PER_SECOND, LONGEST_MS / 1000, (nth) => room.members[nth % (CLIENTS - 1)].type())
    await sleep(seconds * 1000)
    await server.tree.kill()
    const { seen } = room.readers[0]
    await typing
    room.leave()
    server = await restart()
    const lost = await lostOf(server, document, seen)
    seenKeys += [...seen.values()].reduce((sum, clock) => sum + clock, 0)
    lostKeys += lost
    if (lost > 0) trialsWithLoss += 1
  }
  return { trials: kills, trialsWithLoss, seenKeys, lostKeys }
}

/** How many keys of those that were seen a newcomer does not get. */
export async function lostOf(server, document, seen) {
  const got = new Map()
  const onFrame = (frame) => {
    const sync = readSync(frame)
    if (sync === null || sync.kind === 'step1') return
    eachSpan(sync.body, (client, from, to) => {
      if (from <= (got.get(client) ?? 0)) got.set(client, Math.max(to, got.get(client) ?? 0))
    })
  }
  const lost = () => [...seen].reduce((sum, [client, clock]) => sum + Math.max(0, clock - (got.get(client) ?? 0)), 0)
  const reader = new Member(server, document, 0, new Traffic())
  await reader.join({ onFrame })
  reader.listen(onFrame)
  await until(() => lost() === 0, REST_MS)
  reader.leave()
  return lost()
}
