import { atRate, measured } from '../pace.mjs'
import { Room } from '../room.mjs'
import { readPresence } from '../wire.mjs'

const CLIENTS = 200
const WARM_UP_SECONDS = 2
const SECONDS = 5

/** 200 people in one document, each of whom moves the cursor once a second. */
export async function presence(server) {
  const [document] = await server.documents(1)
  const room = await new Room(server, document).fill(CLIENTS, { readEvery: CLIENTS })
  const move = (nth) => room.members[nth % CLIENTS].moveCursor()
  const [watcher] = room.readers
  const seen = new Map()
  await atRate(CLIENTS, WARM_UP_SECONDS, move)
  watcher.listen((frame) => {
    for (const [clientId] of readPresence(frame)) seen.set(clientId, (seen.get(clientId) ?? 0) + 1)
  })
  const { cores, traffic, seconds, rss, generatorCores, otherCores } = await measured(server, room.traffic, () =>
    atRate(CLIENTS, SECONDS, move),
  )
  seen.delete(watcher.clientId)
  return {
    cores,
    megabytesPerSecond: traffic.bytesDown / seconds / 1e6,
    framesPerClientAndSecond: traffic.framesDown / seconds / CLIENTS,
    movesSeenPerSecond: [...seen.values()].reduce((sum, count) => sum + count, 0) / seconds,
    peopleSeen: seen.size,
    hungUp: room.hungUp,
    rss,
    generatorCores,
    otherCores,
  }
}
