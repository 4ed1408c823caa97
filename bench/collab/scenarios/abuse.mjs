import { setTimeout as sleep } from 'node:timers/promises'
import { atRate, until } from '../pace.mjs'
import { Member, Room } from '../room.mjs'
import { Traffic } from '../socket.mjs'
import { insertion } from '../typist.mjs'
import { update } from '../wire.mjs'

const CLIENTS = 10
const TYPISTS = 5
const KEYS_PER_SECOND = 25
const WARM_UP_SECONDS = 2
const REST_MS = 3000
const SEEN_LIMIT_MS = 30_000

/**
 * Ten people, five of whom type, while somebody does harm.
 * @param harm(server, document) starts it, and resolves when it is over
 * @param seconds how long it takes at least
 */
async function disturbed(server, seconds, harm) {
  const [document] = await server.documents(1)
  const room = await new Room(server, document).fill(CLIENTS, { readEvery: 2 })
  const type = (nth) => room.members[nth % TYPISTS].type()
  await atRate(KEYS_PER_SECOND, WARM_UP_SECONDS, type)
  const before = server.tree.rss()
  room.startCounting()
  const [result] = await Promise.all([harm(server, document), atRate(KEYS_PER_SECOND, seconds, type)])
  await until(() => room.missing === 0, SEEN_LIMIT_MS)
  await sleep(REST_MS)
  return {
    p99: room.latency.quantile(0.99),
    longest: room.latency.max,
    missing: room.missing,
    othersHungUp: room.hungUp,
    rssGrowth: server.tree.rss() - before,
    ...result,
  }
}

const UPDATES = 3000
const FILLER = 'y'.repeat(1000)

/** 3,000 updates of 1 kB whose predecessor never comes; who is hung up on comes back and goes on. */
export const unfulfillable = (server) =>
  disturbed(server, 6, async (_server, document) => {
    let harmer = null
    let culpritHungUp = 0
    for (let at = 0; at < UPDATES; at++) {
      if (harmer === null || !harmer.socket.isOpen) {
        if (harmer !== null) culpritHungUp += 1
        harmer = new Member(server, document, CLIENTS, new Traffic())
        await harmer.join()
      }
      const clock = 1_000_000 + at * 2 * FILLER.length
      harmer.send(update(insertion({ clientId: harmer.clientId, clock, after: clock - 1, text: FILLER })))
      if (at % 50 === 49) await sleep(10)
    }
    return { culpritHungUp }
  })

const SLOW_READERS = 21
const BLOCK = 'z'.repeat(8000)
const BLOCKS = 4500
const BLOCKS_PER_SECOND = 600

/** 21 readers stop reading while somebody writes 36 MB, each block in place of the one before. */
export const slowReaders = (server) =>
  disturbed(server, BLOCKS / BLOCKS_PER_SECOND, async (_server, document) => {
    const slow = Array.from(
      { length: SLOW_READERS },
      (_, at) => new Member(server, document, CLIENTS + 1 + at, new Traffic()),
    )
    for (const member of slow) {
      await member.join()
      member.socket.stopReading()
    }
    const writer = new Member(server, document, CLIENTS, new Traffic())
    await writer.join()
    await atRate(BLOCKS_PER_SECOND, BLOCKS / BLOCKS_PER_SECOND, (nth) => {
      const clock = nth * BLOCK.length
      const gone = nth === 0 ? undefined : [clock - BLOCK.length, clock]
      const after = nth === 0 ? null : clock - 1
      writer.send(update(insertion({ clientId: writer.clientId, clock, after, text: BLOCK, gone })))
    })
    await sleep(REST_MS)
    const rssWhileWaiting = server.tree.rss()
    for (const { socket } of slow) socket.readAgain()
    await sleep(REST_MS)
    return { rssWhileWaiting, culpritHungUp: slow.filter(({ socket }) => !socket.isOpen).length }
  })
