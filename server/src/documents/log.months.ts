import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { oneServerAtATime } from '../database/data-source.js'
import { ensureLogParts } from '../database/log-parts.js'

const DAY = 24 * 60 * 60 * 1000

/** Makes the log's parts of the months to come while the server runs on. */
@Injectable()
export class LogMonths implements OnApplicationBootstrap, OnApplicationShutdown {
  private daily: NodeJS.Timeout | undefined

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    this.daily = setInterval(() => {
      this.ensure().catch((error: unknown) =>
        this.log.error(errorFacts(error), 'the log has no part for a month to come'),
      )
    }, DAY).unref()
  }

  onApplicationShutdown(): void {
    clearInterval(this.daily)
  }

  ensure(): Promise<void> {
    return oneServerAtATime(this.source, () => ensureLogParts(this.source, this.clock.now()))
  }
}
