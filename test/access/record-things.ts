import { listNotices } from '@multilogue/shared/notices'
import { writeRecord } from '@multilogue/shared/records'
import { writeRoundReport } from '@multilogue/shared/round-report'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import type { Things } from './things.js'

/** Makes what is told of sessions, for the rights matrix. */
export class RecordThings {
  constructor(
    private readonly stage: Stage,
    private readonly things: Things,
    private readonly round: SmallRound,
  ) {}

  async toWrite(status: 'confirmed' | 'live' | 'ended') {
    const { id: sessionId } = await this.things.session(status)
    return { sessionId, form: 'summary' as const, language: 'en' as const }
  }

  async written() {
    const { documentId } = await this.stage.world.do('rapporteur', writeRecord, await this.toWrite('live'))
    return { documentId }
  }

  /** What was written before counts as of another round, so that every role finds none. */
  async reportToWrite() {
    const { roundId } = this.round
    await this.stage.source.query(
      `WITH gone AS (DELETE FROM written_fact f USING written_record r WHERE r.document_id = f.document_id AND r.round_id = $1)
       DELETE FROM written_record WHERE round_id = $1`,
      [roundId],
    )
    return { roundId, language: 'en' as const }
  }

  async report() {
    return this.stage.world.do('rapporteur', writeRoundReport, await this.reportToWrite())
  }

  /** Of a session that was just called. */
  async noticeOf(who: string) {
    await this.things.session('confirmed')
    return { number: (await this.stage.done(who, listNotices, {}))[0]!.number }
  }
}
