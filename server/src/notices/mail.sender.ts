import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { createTransport, type Transporter } from 'nodemailer'
import { DataSource } from 'typeorm'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { row, rows } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import { Bus } from '../work/bus.js'
import { Letters } from './letters.js'

const MINUTE = 60_000
/** How often is looked for mail whose hour has come. */
const LOOK = 15_000
/** How long after each failure it is tried again; after the last one it is given up. */
const AGAIN_AFTER = [1, 5, 30, 120, 480].map((minutes) => minutes * MINUTE)
/** Who has claimed a mail and said nothing for so long is gone. */
const LOST_AFTER = 10 * MINUTE

interface Claimed {
  id: string
  attempts: number
}

/**
 * Sends what waits, each mail at most once, however many servers look. A mail is claimed in a transaction of its own
 * before it is sent: a server that dies in between leaves it `unsure`, and it is not sent again. It is tried again only
 * when it is certain that it was not taken.
 */
@Injectable()
export class MailSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly transport: Transporter | undefined
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private isAskedAgain = false
  private isClosed = false

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly letters: Letters,
    bus: Bus,
    @Inject(LOG) private readonly log: Log,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    if (!settings.SMTP_URL) return
    this.transport = createTransport({
      ...{ url: settings.SMTP_URL, pool: true, maxConnections: 2, connectionTimeout: 10_000 },
      ...{ disableFileAccess: true, disableUrlAccess: true },
    })
    bus.on('mail', () => void this.look())
  }

  onApplicationBootstrap(): void {
    if (!this.transport) return
    this.timer = setInterval(() => void this.look(), LOOK).unref()
    void this.look()
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true
    clearInterval(this.timer)
    await this.running
    this.transport?.close()
  }

  /** Sends everything whose hour has come; who asks while it is being done is answered when that was looked at, too. */
  look(): Promise<void> {
    this.isAskedAgain = true
    this.running ??= this.all()
      .catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'mail not looked at'))
      .finally(() => (this.running = undefined))
    return this.running
  }

  private async all(): Promise<void> {
    while (this.isAskedAgain && !this.isClosed) {
      this.isAskedAgain = false
      await this.source.query(
        `UPDATE mail SET state = 'unsure', fault = 'server gone' WHERE state = 'sending' AND tried_at < $1`,
        [new Date(this.clock.now().getTime() - LOST_AFTER)],
      )
      for (let mail = await this.claim(); mail && !this.isClosed; mail = await this.claim()) await this.send(mail)
    }
  }

  private async claim(): Promise<Claimed | undefined> {
    if (this.isClosed) return undefined
    return row<Claimed>(
      this.source,
      `UPDATE mail SET state = 'sending', attempts = attempts + 1, tried_at = $1 WHERE id = (
         SELECT id FROM mail WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, attempts`,
      [this.clock.now()],
    )
  }

  private async send({ id, attempts }: Claimed): Promise<void> {
    try {
      const letter = await this.letters.letter(id)
      if (!letter) return await this.end(id, 'dropped')
      await this.transport!.sendMail(letter)
      await this.end(id, 'sent')
    } catch (thrown) {
      const fault = faultOf(thrown)
      this.log.warn({ mail: id, attempts, ...errorFacts(thrown) }, 'mail not sent')
      const wait = fault.isFinal ? undefined : AGAIN_AFTER[attempts - 1]
      if (fault.isUnsure) await this.end(id, 'unsure', fault.words)
      else if (wait === undefined) await this.end(id, 'given_up', fault.words)
      else await this.wait(id, fault.words, new Date(this.clock.now().getTime() + wait))
    }
  }

  /** A digest that goes back to waiting meets the next one, when that has begun: what it holds moves there. */
  private async wait(id: string, fault: string, dueAt: Date): Promise<void> {
    await this.source.transaction(async (db) => {
      const next = await row<{ id: string }>(
        db,
        `SELECT n.id FROM mail n JOIN mail m ON m.person_id = n.person_id
         WHERE m.id = $1 AND m.kind = 'digest' AND n.kind = 'digest' AND n.state = 'waiting' FOR UPDATE OF n`,
        [id],
      )
      if (next) await db.query(`UPDATE notice SET mail_id = $2 WHERE mail_id = $1`, [id, next.id])
      await db.query(`UPDATE mail SET state = $2, fault = $3, due_at = $4 WHERE id = $1`, [
        ...[id, next ? 'dropped' : 'waiting', fault, dueAt],
      ])
    })
  }

  private async end(id: string, state: 'sent' | 'dropped' | 'given_up' | 'unsure', fault = ''): Promise<void> {
    await rows(this.source, `UPDATE mail SET state = $2, fault = $3 WHERE id = $1`, [id, state, fault])
  }
}

/** What is said of a failure: the code that the mail server answered, or the kind of the fault; never an address. */
function faultOf(thrown: unknown): { words: string; isFinal: boolean; isUnsure: boolean } {
  const { responseCode, command, code } = (thrown ?? {}) as { responseCode?: number; command?: string; code?: string }
  const words = responseCode ? String(responseCode) : (code ?? 'failed')
  // The connection broke after the words were handed over and before they were answered.
  const isUnsure = responseCode === undefined && command === 'DATA'
  return { words, isFinal: responseCode !== undefined && responseCode >= 500, isUnsure }
}
