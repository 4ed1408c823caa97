import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { directionOf } from '@multilogue/shared/language'
import { getRoundReport, writeRoundReport } from '@multilogue/shared/round-report'
import { keepsRecord, must, mustBe } from '../access/caller.js'
import { lockRound, seatIn } from '../access/round.access.js'
import { named } from '../common/acts.js'
import { row } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import type { Reading, Writing } from '../work/work.js'
import { say } from '../words/words.js'
import { RecordTexts } from './record-texts.js'
import { KEEP } from './records.service.js'
import { shownIn, writtenOf } from './records.views.js'
import { roundSectionsOf } from './round-facts.js'
import { roundTold } from './round-told.js'

/** The report of a round: it writes itself, and is then the rapporteur's. */
@Injectable()
export class RoundReportService {
  constructor(private readonly records: RecordTexts) {}

  @Handles(getRoundReport)
  async getRoundReport(work: Reading, { roundId, language }: InputOf<typeof getRoundReport>) {
    const seat = seatIn(work.caller, roundId)
    const told = await roundTold(work, seat)
    const sections = roundSectionsOf(told, language)
    const [written] = await writtenOf(work.db, seat, { ofId: roundId, sections })
    const { number, title } = told.round
    return {
      ...{ roundId, number, title, language, dir: directionOf(language), rounds: told.rounds },
      sections: shownIn(sections, language),
      written: written ?? null,
      may: named({ write: !written && keepsRecord(seat) }),
    }
  }

  @Handles(writeRoundReport)
  async writeRoundReport(work: Writing, { roundId, language }: InputOf<typeof writeRoundReport>) {
    const seat = seatIn(work.caller, roundId)
    must(keepsRecord(seat), KEEP)
    // Two who write it at once: the second one waits, and finds it written.
    await lockRound(work.db, roundId)
    const known = await row(work.db, `SELECT 1 FROM written_record WHERE round_id = $1`, [roundId])
    mustBe(!known, 'The report is written; what is new is added to it.')
    const told = await roundTold(work, seat)
    const documentId = await this.records.write(work, {
      ...{ of: { round_id: roundId }, roundId, form: 'summary', language },
      title: say(language, 'roundReport.title', { round: told.round.title }),
      sections: roundSectionsOf(told, language),
    })
    work.record(roundId, 'record.changed', { sessionId: null })
    return { documentId }
  }
}
