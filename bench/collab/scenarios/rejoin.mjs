import { setTimeout as sleep } from 'node:timers/promises'
import { Member, Room } from '../room.mjs'
import { writtenText } from '../text.mjs'

const EDITS = 24_000
const CLIENTS = 500
const PAUSE_MS = 1500

/** 500 people lose their connection to a text of about 140 kB, and come back at the same moment. */
export async function rejoin(first, { folder, restart }) {
  const { document, vector, bytes, server } = await writtenText(first, folder, EDITS, { restart })
  const watcher = new Member(server, document, 0, new Room(server, document).traffic)
  await watcher.join()
  const room = await new Room(server, document).fill(CLIENTS, { readEvery: CLIENTS })
  const back = async (options) => {
    room.leave()
    await sleep(PAUSE_MS)
    const before = room.traffic.copy()
    const began = performance.now()
    await Promise.all(room.members.map((member) => member.join(options)))
    return { ms: performance.now() - began, megabytesDown: room.traffic.since(before).bytesDown / 1e6 }
  }
  const withState = await back({ vector })
  const fresh = await back({})
  return {
    withStateMs: withState.ms,
    withStateMegabytes: withState.megabytesDown,
    freshMs: fresh.ms,
    freshMegabytes: fresh.megabytesDown,
    textBytes: bytes,
  }
}
