import { atRate, measured, until } from '../pace.mjs'
import { Room } from '../room.mjs'

const WARM_UP_SECONDS = 3
const SECONDS = 5
const KEYS_PER_SECOND = 3

/** `clients` people in one document, `typists` of whom type, with or without their cursors. */
export const typing =
  ({ clients, typists, withCursors }) =>
  async (server) => {
    const [document] = await server.documents(1)
    const room = await new Room(server, document).fill(clients, { readEvery: 10 })
    const type = (nth) => {
      const member = room.members[nth % typists]
      member.type()
      if (withCursors) member.moveCursor()
    }
    await atRate(typists * KEYS_PER_SECOND, WARM_UP_SECONDS, type)
    room.startCounting()
    const { cores, databaseCores, rss, generatorCores, otherCores, traffic, seconds } = await measured(
      server,
      room.traffic,
      () => atRate(typists * KEYS_PER_SECOND, SECONDS, type),
    )
    await until(() => room.missing === 0, 5000)
    const keys = typists * KEYS_PER_SECOND * seconds
    return {
      cores,
      databaseCores,
      p50: room.latency.quantile(0.5),
      p99: room.latency.quantile(0.99),
      missing: room.missing,
      hungUp: room.hungUp,
      bytesUpPerKey: traffic.bytesUp / keys,
      bytesDownPerKey: traffic.bytesDown / keys / clients,
      framesPerClientAndSecond: traffic.framesDown / seconds / clients,
      rss,
      generatorCores,
      otherCores,
    }
  }
