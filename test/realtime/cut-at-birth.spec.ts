import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, it } from '@jest/globals'
import { createSource } from '../../server/src/database/data-source.js'
import { rows } from '../../server/src/common/sql.js'
import { maintenanceUrl } from '../support/database.js'

/* A database that goes away in the moment in which a connection to it is ready. */

const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const said = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0')
const GONE = Buffer.concat([Buffer.from([0x45, 0, 0, 0, said.length + 4]), said])

let proxy: Server
afterEach(() => void proxy.close())

/** In front of the database; while `cuts`, it says of each connection, together with being ready, that it is gone. */
async function cutting(): Promise<{ url: string; cuts: boolean }> {
  const { hostname, port } = new URL(maintenanceUrl())
  const state = { url: '', cuts: false }
  proxy = createServer((browser) => {
    const database = connect(Number(port), hostname)
    let isReady = false
    browser.pipe(database)
    database.on('data', (chunk) => {
      const cut = state.cuts && !isReady && chunk.includes(READY)
      isReady ||= chunk.includes(READY)
      browser.write(cut ? Buffer.concat([chunk, GONE]) : chunk)
      if (cut) browser.end()
    })
    for (const [one, other] of [
      [browser, database],
      [database, browser],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy())
  })
  await new Promise<void>((ready) => proxy.listen(0, '127.0.0.1', ready))
  const { port: own } = proxy.address() as AddressInfo
  state.url = Object.assign(new URL(maintenanceUrl()), { hostname: '127.0.0.1', port: String(own) }).toString()
  return state
}

it('[CUT-1] whoever asked is told, the server lives, and asks again', async () => {
  const state = await cutting()
  const source = await createSource(state.url, 4).initialize()
  state.cuts = true
  // More than one connection: new ones are made, and each is cut.
  const asked = await Promise.allSettled([1, 2, 3, 4].map((n) => rows(source, 'SELECT pg_sleep(0.05), $1::int', [n])))
  expect(asked.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(0)
  state.cuts = false
  expect(await rows(source, 'SELECT 1 AS one')).toEqual([{ one: 1 }])
  await source.destroy()
})
