import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common'
import { directionOf } from '@multilogue/shared/language'
import { NOTICE_WORDS } from '@multilogue/shared/notice-words'
import { DEADLINES, type NoticeKind } from '@multilogue/shared/notices'
import type { Language } from '@multilogue/shared/values'
import { DataSource } from 'typeorm'
import webPush from 'web-push'
import { Clock } from '../common/clock.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { row } from '../common/sql.js'
import { Bus } from '../work/bus.js'
import { PushKeys } from './push.keys.js'
import { IS_TOLD } from './push.js'

const MINUTE = 60_000
/** How often is looked for pushes whose hour has come. */
const LOOK = 15_000
/** How long after each failure it is tried again; after the last one it is given up. */
const AGAIN_AFTER = [1, 5, 30].map((minutes) => minutes * MINUTE)
/** Who has claimed a push and said nothing for so long is gone. */
const LOST_AFTER = 10 * MINUTE
/** How many are under way at a time. */
const LANES = 8
const ANSWER_WITHIN = 10_000
/** How long a service keeps it for a browser that is not there, in seconds. */
const KEPT_FOR = 86_400

interface Claimed {
  id: string
  attempts: number
}
interface Told {
  number: string
  kind: NoticeKind
  subject: string
  language: Language
  browserId: string
  endpoint: string
  p256dh: string
  auth: string
}

/**
 * Sends what waits to the services of the browsers' makers, each push at most once, however many servers look. It is
 * claimed in a transaction of its own before it is sent, and its row goes when it is done with; one whose server died
 * in between goes unsent. Words are encrypted for the one browser: the service cannot read them.
 */
@Injectable()
export class PushSender implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined
  private running: Promise<void> | undefined
  private isAskedAgain = false
  private isClosed = false

  constructor(
    private readonly source: DataSource,
    private readonly clock: Clock,
    private readonly keys: PushKeys,
    private readonly bus: Bus,
    @Inject(LOG) private readonly log: Log,
  ) {}

  onApplicationBootstrap(): void {
    if (this.keys.publicKey === null) return
    this.bus.on('push', () => void this.look())
    this.timer = setInterval(() => void this.look(), LOOK).unref()
    void this.look()
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true
    clearInterval(this.timer)
    await this.running
  }

  /** Sends everything whose hour has come; who asks while it is being done is answered when that was looked at, too. */
  look(): Promise<void> {
    this.isAskedAgain = true
    this.running ??= this.all()
      .catch((thrown: unknown) => this.log.warn(errorFacts(thrown), 'pushes not looked at'))
      .finally(() => (this.running = undefined))
    return this.running
  }

  private async all(): Promise<void> {
    while (this.isAskedAgain && !this.isClosed) {
      this.isAskedAgain = false
      const lost = new Date(this.clock.now().getTime() - LOST_AFTER)
      await this.source.query(`DELETE FROM push WHERE claimed_at < $1`, [lost])
      await Promise.all(Array.from({ length: LANES }, () => this.lane()))
    }
  }

  private async lane(): Promise<void> {
    for (let push = await this.claim(); push; push = await this.claim()) await this.send(push)
  }

  private async claim(): Promise<Claimed | undefined> {
    if (this.isClosed) return undefined
    return row<Claimed>(
      this.source,
      `UPDATE push SET claimed_at = $1, attempts = attempts + 1 WHERE id = (
         SELECT id FROM push WHERE claimed_at IS NULL AND due_at <= $1 ORDER BY due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
       RETURNING id, attempts`,
      [this.clock.now()],
    )
  }

  private async send({ id, attempts }: Claimed): Promise<void> {
    // Who has read it, signed out there or lost the seat in the meantime is told nothing.
    const told = await row<Told>(
      this.source,
      `SELECT n.number, n.kind, n.subject, p.language, b.id AS "browserId", b.endpoint, b.p256dh, b.auth
       FROM push x JOIN notice n ON n.number = x.notice_number JOIN push_browser b ON b.id = x.browser_id
       JOIN person p ON p.id = b.person_id JOIN seat s ON s.id = n.seat_id
       WHERE x.id = $1 AND n.seen_at IS NULL AND s.ended_at IS NULL AND ${IS_TOLD}`,
      [id],
    )
    const status = told && (await this.post(told).catch((thrown: unknown) => this.failed(id, thrown)))
    const wait = AGAIN_AFTER[attempts - 1]
    // The browser was switched off or its data are gone: it says so through its service, and is not asked again.
    if (status === 404 || status === 410)
      await this.source.query(`DELETE FROM push_browser WHERE id = $1`, [told!.browserId])
    else if (status !== undefined && (status === 429 || status >= 500) && wait !== undefined)
      await this.source.query(`UPDATE push SET claimed_at = NULL, due_at = $2 WHERE id = $1`, [
        id,
        new Date(this.clock.now().getTime() + wait),
      ])
    else await this.source.query(`DELETE FROM push WHERE id = $1`, [id])
    if (status !== undefined && status >= 400) this.log.warn({ push: id, attempts, status }, 'push not taken')
  }

  /** What could not be delivered may be tried again: a browser shows the same notice once, by its number. */
  private failed(id: string, thrown: unknown): number {
    this.log.warn({ push: id, ...errorFacts(thrown) }, 'push not sent')
    return 503
  }

  /** @returns how the service answered */
  private async post({ number, kind, subject, language, endpoint, p256dh, auth }: Told): Promise<number> {
    if (!this.keys.isOfService(endpoint)) return 410
    const words = { number: Number(number), title: NOTICE_WORDS[language][kind], body: subject }
    const { method, headers, body } = webPush.generateRequestDetails(
      { endpoint, keys: { p256dh, auth } },
      JSON.stringify({ ...words, lang: language, dir: directionOf(language) }),
      {
        ...{ vapidDetails: this.keys.vapid, contentEncoding: 'aes128gcm', TTL: KEPT_FOR, topic: `n${number}` },
        urgency: DEADLINES.includes(kind) ? 'high' : 'normal',
      },
    )
    const answer = await fetch(endpoint, {
      ...{ method, headers: headers as Record<string, string>, body: new Uint8Array(body) },
      ...{ redirect: 'error', signal: AbortSignal.timeout(ANSWER_WITHIN) },
    })
    await answer.body?.cancel()
    return answer.status
  }
}
