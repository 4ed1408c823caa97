import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { IS_TOLD } from './push.js'

const HOUR = 3_600_000

/** Deletes notices and the mail on them when they have grown old, and browsers in which people have signed out. */
@Injectable()
export class Forgetting implements OnApplicationBootstrap, OnApplicationShutdown {
  private hourly: NodeJS.Timeout | undefined

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    @Inject(SETTINGS_TOKEN) private readonly settings: Settings,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.hourly = setInterval(
      () => void this.forget().catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'nothing forgotten')),
      HOUR,
    ).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.hourly)
  }

  async forget(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - this.settings.NOTICE_DAYS * 24 * HOUR)
    await this.source.query(`DELETE FROM notice WHERE at < $1`, [before])
    await this.source.query(
      `DELETE FROM mail m WHERE m.due_at < $1 AND m.state NOT IN ('waiting', 'sending')
         AND NOT EXISTS (SELECT 1 FROM notice n WHERE n.mail_id = m.id)`,
      [before],
    )
    await this.source.query(`DELETE FROM push_browser b WHERE NOT ${IS_TOLD}`)
  }
}
