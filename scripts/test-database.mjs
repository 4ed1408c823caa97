import { randomUUID } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { whenStopped } from './programs.mjs'
import { root, say, step } from './say.mjs'

const prefix = 'multilogue-test-'

/**
 * Starts a database that exists for this test run only, hands `work` the environment that names it, and
 * removes it afterwards, whatever happens.
 */
export async function withTestDatabase(work) {
  const { startEmbedded } = await import(path.join(root, 'server/dist/database/embedded.js'))
  await removeAbandoned(startEmbedded)
  const dataDir = fs.mkdtempSync(path.join(os.tmpdir(), prefix))
  // The database may have to run as another user, who must be able to enter.
  fs.chmodSync(dataDir, 0o755)
  let database
  const remove = async () => {
    await database?.stop()
    // The database's last files may still be on their way out.
    fs.rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 })
  }
  const forget = whenStopped(remove)
  try {
    database = await step('Starting a database for the tests', () =>
      startEmbedded({ dataDir, durable: false, log: (sentence) => say(`  ${sentence}`) }),
    )
    return await work({ TEST_DATABASE_URL: database.maintenanceUrl, TEST_RUN: randomUUID().replaceAll('-', '') })
  } finally {
    forget()
    await remove()
  }
}

/** Test runs that were killed leave their database behind; starting it takes it over, stopping ends it. */
async function removeAbandoned(startEmbedded) {
  for (const name of fs.readdirSync(os.tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const dataDir = path.join(os.tmpdir(), name)
    try {
      const database = await startEmbedded({ dataDir, durable: false })
      await database.stop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    } catch {
      // It is in use by another test run, or belongs to another user.
    }
  }
}
