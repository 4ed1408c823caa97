import { listNotices } from '@multilogue/shared/notices'
import { writeRecord } from '@multilogue/shared/records'
import type { Stage } from '../support/stage.js'
import type { Things } from './things.js'

/** Makes what is told of sessions, for the rights matrix. */
export class RecordThings {
  constructor(
    private readonly stage: Stage,
    private readonly things: Things,
  ) {}

  async toWrite(status: 'confirmed' | 'live' | 'ended') {
    const { id: sessionId } = await this.things.session(status)
    return { sessionId, form: 'summary' as const, language: 'en' as const }
  }

  async written() {
    const { documentId } = await this.stage.world.do('rapporteur', writeRecord, await this.toWrite('live'))
    return { documentId }
  }

  /** Of a session that was just called. */
  async noticeOf(who: string) {
    await this.things.session('confirmed')
    return { number: (await this.stage.done(who, listNotices, {}))[0]!.number }
  }
}
