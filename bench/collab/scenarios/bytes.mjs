import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../pace.mjs'
import { Room } from '../room.mjs'
import { Traffic } from '../socket.mjs'

const KEYS = 100
const QUIET_MS = 20

/** Two people in a quiet document, one of whom types: bytes on the sockets for each key, WebSocket headers included. */
export async function bytes(server) {
  const [document] = await server.documents(1)
  const room = await new Room(server, document).fill(2, { readEvery: 2 })
  const [typist, reader] = room.members
  const oneKey = async () => {
    typist.type()
    await until(() => room.missing === 0, 5000)
    await sleep(QUIET_MS)
  }
  await oneKey()
  const [up, down] = await apart(room, [typist, reader], async () => {
    for (let key = 0; key < KEYS; key++) await oneKey()
  })
  return {
    up: up.bytesUp / KEYS,
    down: down.bytesDown / KEYS,
    answer: up.bytesDown / KEYS,
  }
}

/** What went over each member's socket meanwhile. */
async function apart(room, members, work) {
  const traffics = members.map((member) => member.socket.countIn(new Traffic()))
  await work()
  return traffics
}
