import { atRate, measured, until } from '../pace.mjs'
import { Room } from '../room.mjs'

const LOWEST = 1000
const STEP = 1.25
/** Every round climbs from here, so that the server has run its code before it matters. */
const FIRST_RUNG = 5
const WARM_UP_SECONDS = 1
const SECONDS = 2
const P99_MS = 100
const DELIVERY_MS = 1000
const OVERLOAD_SECONDS = 5
const RECOVERY_LIMIT_MS = 20_000
/** A server that breaks down takes its time, so not in every round. */
const OVERLOAD_ROUNDS = 2
const rateOf = (rung) => Math.round(LOWEST * STEP ** rung)

/**
 * The highest rate of keys at which 99 of 100 are seen within 100 ms and none is missing a second later; then twice
 * that rate for 5 s, and how long it takes until keys are seen within 100 ms again.
 */
export const saturation =
  ({ documents, clients, readEvery, withOverload }) =>
  async (server, { round }) => {
    const names = await server.documents(documents)
    const rooms = []
    for (const document of names) rooms.push(await new Room(server, document).fill(clients, { readEvery }))
    const type = (nth) => rooms[nth % documents].members[Math.floor(nth / documents) % clients].type()
    const rss = []
    let best = null
    let rung = FIRST_RUNG
    for (let isUp = true; rung >= 0; rung += isUp ? 1 : -1) {
      let step
      let passed = false
      // A single stall of the machine is no ceiling: what fails is tried once more.
      for (let tries = 0; tries < 2 && !passed; tries++) {
        step = await tryRate(server, rooms, rateOf(rung), type)
        rss.push(step.rss)
        passed = step.p99 < P99_MS && step.isDelivered
        console.log(`  ${rateOf(rung)} keys/s: p99 ${step.p99} ms, ${step.isDelivered ? 'all' : 'not all'} seen`)
      }
      if (passed) best = { rung, ...step }
      if (passed ? !isUp : best !== null) break
      isUp = passed
      if (!passed && best === null) await until(() => missing(rooms) === 0, RECOVERY_LIMIT_MS)
    }
    if (best === null) return { editsPerSecond: 0, rss: Math.max(...rss) }
    const result = {
      editsPerSecond: best.editsPerSecond,
      p99: best.p99,
      cores: best.cores,
      generatorCores: best.generatorCores,
      otherCores: best.otherCores,
      rss: Math.max(...rss),
    }
    if (!withOverload || round > OVERLOAD_ROUNDS) return result
    await until(() => missing(rooms) === 0, RECOVERY_LIMIT_MS)
    return { ...result, ...(await overload(server, rooms, rateOf(best.rung) * 2, type)) }
  }

const missing = (rooms) => rooms.reduce((sum, room) => sum + room.missing, 0)

async function tryRate(server, rooms, rate, type) {
  await atRate(rate, WARM_UP_SECONDS, type)
  for (const room of rooms) room.startCounting()
  const { cores, rss, generatorCores, otherCores } = await measured(server, rooms[0].traffic, () =>
    atRate(rate, SECONDS, type),
  )
  const isDelivered = await until(() => missing(rooms) === 0, DELIVERY_MS)
  const p99 = Math.max(...rooms.map(({ latency }) => latency.quantile(0.99) ?? Infinity))
  return { editsPerSecond: rate, p99, isDelivered, cores, rss, generatorCores, otherCores }
}

async function overload(server, rooms, rate, type) {
  let seen = 0
  for (const room of rooms) room.startCounting()
  await atRate(rate, OVERLOAD_SECONDS, type)
  for (const room of rooms) seen += room.latency.count
  const readers = rooms[0].readers.length
  const ended = performance.now()
  const [room] = rooms
  let recovered = null
  while (recovered === null && performance.now() - ended < RECOVERY_LIMIT_MS) {
    room.startCounting()
    type(0)
    const sentAt = performance.now()
    await until(() => room.latency.count > 0, P99_MS)
    if (room.latency.count > 0) recovered = sentAt - ended
  }
  await until(() => missing(rooms) === 0, RECOVERY_LIMIT_MS - (performance.now() - ended))
  return {
    overloadRate: rate,
    overloadSeenPerSecond: seen / readers / OVERLOAD_SECONDS,
    recoveryMs: recovered,
    missingAfterOverload: missing(rooms),
    hungUp: rooms.reduce((sum, { hungUp }) => sum + hungUp, 0),
    rssAfterOverload: server.tree.rss(),
  }
}
