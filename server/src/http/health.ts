import { Injectable } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Bus } from '../work/bus.js'

export interface Readiness {
  ready: boolean
  database: boolean
  migrations: boolean
  bus: boolean
}

/** What `/readyz` tells: whether this server can take work now. */
@Injectable()
export class Health {
  constructor(
    private readonly source: DataSource,
    private readonly bus: Bus,
  ) {}

  async ready(): Promise<Readiness> {
    const pending = await this.source.showMigrations().catch(() => undefined)
    const database = pending !== undefined
    const migrations = pending === false
    return { ready: database && migrations && this.bus.connected, database, migrations, bus: this.bus.connected }
  }
}
