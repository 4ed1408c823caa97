import type { AddressInfo } from 'node:net'
import { createApp } from '../../server/src/app.js'
import { createLog } from '../../server/src/common/log.js'
import { readSettings } from '../../server/src/config/settings.js'
import { createSource } from '../../server/src/database/data-source.js'
import type { Stage } from '../support/stage.js'

export interface SecondServer {
  /** Where it is reached; who is signed in on the stage is signed in here, too. */
  address: string
  close: () => Promise<void>
}

/** Another server on the database and the clock of a stage, as behind a load balancer. */
export async function secondServer({ source: { options }, clock }: Stage): Promise<SecondServer> {
  const { url } = options as { url: string }
  const source = await createSource(url, 10).initialize()
  const settings = readSettings({ DATABASE_URL: url, SESSION_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent' })
  const app = await createApp(
    { settings, source, clock, log: createLog('silent'), sessionKey: 'k'.repeat(40) },
    null,
    true,
  )
  await app.listen(0, '127.0.0.1')
  const { port } = app.getHttpServer().address() as AddressInfo
  const close = async () => {
    await app.close()
    await source.destroy()
  }
  return { address: `http://127.0.0.1:${port}`, close }
}

/** Ends every connection to the stage's database but the one that asks, as a restart of PostgreSQL does. */
export async function cutConnections({ source: { options } }: Stage): Promise<number> {
  const apart = await createSource((options as { url: string }).url, 1).initialize()
  try {
    const cut = await apart.query<unknown[]>(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()`,
    )
    return cut.length
  } finally {
    await apart.destroy()
  }
}
