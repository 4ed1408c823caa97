import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { DataSource } from 'typeorm'
import { createLog } from '../../server/src/common/log.js'
import { readSettings } from '../../server/src/config/settings.js'
import { createSource } from '../../server/src/database/data-source.js'
import { NOBODY } from '../../server/src/access/caller.js'
import { Clock } from '../../server/src/common/clock.js'
import { UnitOfWork } from '../../server/src/work/unit-of-work.js'
import { Bus } from '../../server/src/work/bus.js'
import { freshDatabase } from '../support/database.js'
import { startRedis, type RedisServer } from '../support/redis.js'
import { until } from '../support/stage.js'

/** One server's end of the bus, and what it heard. */
interface End {
  bus: Bus
  source: DataSource
  heard: string[]
}

let database: { url: string; drop: () => Promise<void> }
let redis: RedisServer

beforeAll(async () => {
  redis = await startRedis()
}, 90_000)
afterAll(() => redis.stop())
beforeEach(async () => {
  database = await freshDatabase()
})
afterEach(async () => {
  for (const { bus, source } of ends.splice(0)) {
    await bus.onApplicationShutdown()
    await source.destroy()
  }
  await database.drop()
})

const ends: End[] = []

describe.each(['PostgreSQL', 'Redis'])('The bus over %s', (carrier) => {
  async function join(): Promise<End> {
    const source = await createSource(database.url, 4).initialize()
    const settings = readSettings({
      DATABASE_URL: database.url,
      SESSION_SECRET: 'x'.repeat(40),
      ...(carrier === 'Redis' ? { REDIS_URL: redis.url } : {}),
    })
    const bus = new Bus(source, settings, createLog('silent'))
    const end: End = { bus, source, heard: [] }
    for (const topic of ['stream', 'document', 'presence', 'rights'] as const) {
      bus.on(topic, (id) => end.heard.push(`${topic} ${id}`))
    }
    ends.push(end)
    await bus.onApplicationBootstrap()
    await until('connected', () => bus.connected)
    return end
  }
  async function both(): Promise<[End, End]> {
    const [one, other] = [await join(), await join()]
    await until('they know of each other', () => !one.bus.alone && !other.bus.alone)
    return [one, other]
  }
  /** Whatever was sent before this has been heard when this has. */
  async function flush(from: End, to: End[]): Promise<void> {
    await from.bus.wakeOnCommit(from.source.manager, 'stream', 'flush')
    await until('all before is heard', () => to.every(({ heard }) => heard.includes('stream flush')))
  }

  it('[BUS-0] here a change is heard of before the act is done, however late its message comes back', async () => {
    const { bus, source, heard } = await join()
    const unit = new UnitOfWork(source, new Clock(), bus)
    await unit.write(NOBODY, ({ db }) => bus.wakeOnCommit(db, 'rights', 'document:1'))
    expect(heard).toContain('rights document:1')
    const failed = unit.write(NOBODY, async ({ db }) => {
      await bus.wakeOnCommit(db, 'rights', 'document:2')
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(heard).not.toContain('rights document:2')
  })

  it('[BUS-1] wakes all servers, the sender too, when the transaction commits and not before', async () => {
    const [one, other] = await both()
    await one.source.transaction(async (db) => {
      await one.bus.wakeOnCommit(db, 'stream', 'round:1')
      await db.transaction((inner) => one.bus.wakeOnCommit(inner, 'rights', 'inner'))
      await flush(other, [one, other])
      expect([...one.heard, ...other.heard]).not.toContain('stream round:1')
      expect([...one.heard, ...other.heard]).not.toContain('rights inner')
    })
    await until('both are woken', () => [one, other].every(({ heard }) => heard.includes('stream round:1')))
    await until('for all of it', () => [one, other].every(({ heard }) => heard.includes('rights inner')))
  })

  it('[BUS-1] says nothing of a transaction that is rolled back', async () => {
    const [one, other] = await both()
    const rolledBack = one.source.transaction(async (db) => {
      await one.bus.wakeOnCommit(db, 'stream', 'never')
      throw new Error('rolled back')
    })
    await expect(rolledBack).rejects.toThrow('rolled back')
    await flush(one, [one, other])
    expect([...one.heard, ...other.heard]).not.toContain('stream never')
  })

  it('[BUS-2] tells the others of texts and presence, and not the sender', async () => {
    const [one, other] = await both()
    const presence = `text/${'x'.repeat(5600)}`
    one.bus.tellOthers('document', 'text')
    one.bus.tellOthers('presence', presence)
    await until('heard', () => other.heard.includes(`presence ${one.bus.server}/${presence}`))
    expect(other.heard).toContain('document text')
    await flush(other, [one, other])
    expect(one.heard).not.toContain('document text')
  })

  it('[BUS-3] says nothing while alone; a server that comes, or goes, is noticed, and who was there looks again', async () => {
    const one = await join()
    expect(one.bus.alone).toBe(true)
    one.heard.length = 0
    const other = await join()
    await until('both look at every text', () => [one, other].every(({ heard }) => heard.includes('document ')))
    expect(one.bus.alone).toBe(false)
    ends.pop()
    await other.bus.onApplicationShutdown()
    await until('it is gone', () => one.bus.alone)
    await other.source.destroy()
  })

  it('[BUS-4] a lost connection only delays: it comes back by itself and everybody looks at everything', async () => {
    const [one, other] = await both()
    one.heard.length = other.heard.length = 0
    if (carrier === 'Redis') {
      const port = Number(new URL(redis.url).port)
      await redis.stop()
      await until('both notice', () => !one.bus.connected && !other.bus.connected)
      redis = await startRedis(port)
    } else {
      await one.source.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'`,
      )
    }
    await until('both look', () => [one, other].every(({ heard }) => heard.includes('stream ')))
    await until('both are back', () => one.bus.connected && other.bus.connected)
    await until('messages go on', () => {
      one.bus.tellOthers('document', 'again')
      return other.heard.includes('document again')
    })
  })
})
