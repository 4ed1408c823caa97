import { resolve } from 'node:path'
import type { DataSource } from 'typeorm'
import type { Settings } from '../config/settings.js'
import { createSource, migrate } from './data-source.js'
import { startEmbedded } from './embedded.js'

export interface OpenDatabase {
  source: DataSource
  /** Closes what was opened, in the other order. */
  close: () => Promise<void>
}

/** The database of the settings, or the embedded one, brought up to date. @param say  told to whoever started it */
export async function openDatabase(settings: Settings, say: (sentence: string) => void): Promise<OpenDatabase> {
  const embedded = settings.DATABASE_URL
    ? undefined
    : await startEmbedded({ dataDir: resolve(settings.DATA_DIR), log: say })
  const source = createSource(settings.DATABASE_URL ?? embedded!.url, settings.DATABASE_CONNECTIONS)
  const close = async () => {
    if (source.isInitialized) await source.destroy()
    await embedded?.stop()
  }
  try {
    await source.initialize()
    const ran = await migrate(source)
    if (ran.length > 0) say(`Brought the database up to date (${ran.length} migrations).`)
    return { source, close }
  } catch (thrown) {
    await close()
    throw thrown
  }
}
