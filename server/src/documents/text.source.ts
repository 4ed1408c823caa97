import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { DataSource } from 'typeorm'
import type { PostgresDataSourceOptions } from 'typeorm/driver/postgres/PostgresDataSourceOptions.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'

/**
 * Connections of the engine alone, for the log of the texts and the rights on them. What asks the engine from inside a
 * transaction holds one of the others meanwhile: out of one pool, as many as it has would wait for each other.
 */
@Injectable()
export class TextSource extends DataSource implements OnModuleInit, OnApplicationShutdown {
  constructor(source: DataSource, @Inject(SETTINGS_TOKEN) settings: Settings) {
    super({ ...(source.options as PostgresDataSourceOptions), poolSize: settings.TEXT_CONNECTIONS })
  }

  async onModuleInit(): Promise<void> {
    await this.initialize()
  }

  async onApplicationShutdown(): Promise<void> {
    await this.destroy()
  }
}
