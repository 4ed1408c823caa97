import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { checkSheet as checkContract, getRegister, getTemplate, readIn, SHEET_MEDIA } from '@multilogue/shared/register'
import { keepsRecord, must, type ActingSeat } from '../../access/caller.js'
import { lockRound, seatIn } from '../../access/round.access.js'
import { newId } from '../../common/ids.js'
import { Refusal } from '../../common/problem.js'
import { insert, row, rows } from '../../common/sql.js'
import { Press } from '../../documents/exchange/press.js'
import { say } from '../../words/words.js'
import { FileAnswer } from '../../work/file-answer.js'
import { Handles } from '../../work/handles.js'
import type { Reading, Writing } from '../../work/work.js'
import { FOLLOWED, LINEAGE } from '../lineage.js'
import { makeAll } from '../making.js'
import { recommendationsOf } from '../recommendations.views.js'
import { checkSheet, sameness, type Ground } from './check-sheet.js'
import { registerTable } from './register-table.js'
import type { Cell } from './table.js'
import { templateFile } from './template.js'
import { csvFile } from './to-csv.js'
import { xlsxFile } from './to-xlsx.js'

type Given = InputOf<typeof checkContract>

/** Files at once: each holds a connection while it is read. */
const AT_ONCE = 2

/** Tables of recommendations on their way into the register, and out of it. */
@Injectable()
export class SheetsService {
  private reading = 0

  constructor(private readonly press: Press) {}

  @Handles(checkContract)
  async checkSheet(work: Reading, input: Given) {
    this.keeper(work, input)
    const lines = await this.linesOf(input)
    const { made: _, ...check } = checkSheet(lines, await groundOf(work.db, input.roundId, input.language))
    return check
  }

  @Handles(readIn)
  async readIn(work: Writing, input: InputOf<typeof readIn>) {
    const { db, caller, now, record } = work
    const { roundId } = input
    const seat = this.keeper(work, input)
    const lines = await this.linesOf(input)
    // What the register has is looked at under the lock under which it is written.
    await lockRound(db, roundId)
    const { made, faults, rows: count } = checkSheet(lines, await groundOf(db, roundId, input.language))
    if (faults.length > 0)
      throw new Refusal('sheet-faulty', undefined, {
        errors: faults.map(({ row, column, kind }) => ({ pointer: `#/rows/${row}/${column ?? ''}`, detail: kind })),
      })
    const importId = newId()
    await insert(db, 'recommendation_import', {
      ...{ id: importId, round_id: roundId, file_name: input.fileName, row_count: count, at: now },
      ...{ person_id: caller.personId, seat_id: seat.id },
    })
    await makeAll(work, seat, {
      roundId,
      all: made.map(({ row, ...one }) => ({ ...one, source: { importId, row } })),
    })
    record(roundId, 'recommendation.imported', { importId, count: made.length })
    return { importId, made: made.length }
  }

  @Handles(getRegister)
  async getRegister({ db, caller, now }: Reading, { roundId, format, language }: InputOf<typeof getRegister>) {
    const table = registerTable(await recommendationsOf(db, seatIn(caller, roundId), now), language)
    const bytes = format === 'csv' ? csvFile(table) : xlsxFile([table])
    return new FileAnswer(bytes, SHEET_MEDIA[format], table.name, format)
  }

  @Handles(getTemplate)
  async getTemplate({ db, caller }: Reading, { roundId, format, language }: InputOf<typeof getTemplate>) {
    seatIn(caller, roundId)
    const codes = (await partiesOf(db, roundId)).flatMap(({ kind, code }) => (kind === 'member' ? [code] : []))
    const bytes = templateFile(format, language, codes)
    return new FileAnswer(bytes, SHEET_MEDIA[format], say(language, 'register.file'), format)
  }

  private keeper({ caller }: Reading, { roundId }: { roundId: string }): ActingSeat {
    const seat = seatIn(caller, roundId)
    must(keepsRecord(seat), 'The chair, the rapporteur and the secretariat read tables in.')
    return seat
  }

  private async linesOf({ file }: Given): Promise<Cell[][]> {
    if (this.reading >= AT_ONCE) throw new Refusal('unavailable')
    this.reading += 1
    try {
      return await this.press.run('sheet', { file: new Uint8Array(Buffer.from(file, 'base64')) })
    } finally {
      this.reading -= 1
    }
  }
}

const partiesOf = (db: Reading['db'], roundId: string) =>
  rows<Ground['parties'][number]>(db, `SELECT id, code, name, kind FROM delegation WHERE round_id = $1 ORDER BY code`, [
    roundId,
  ])

async function groundOf(db: Reading['db'], roundId: string, language: Ground['language']): Promise<Ground> {
  const round = await row<{ opens: string }>(db, `SELECT opens::text FROM round WHERE id = $1`, [roundId])
  const standing = await rows<{ title: string; action: string; codes: string[] }>(
    db,
    `SELECT c.title, c.action, array_agg(d.code) AS codes FROM recommendation c
     JOIN recommendation_addressee a ON a.recommendation_id = c.id JOIN delegation d ON d.id = a.delegation_id
     WHERE c.round_id IN ${LINEAGE('$1')} AND c.state <> 'withdrawn' AND ${FOLLOWED('$1')} GROUP BY c.id`,
    [roundId],
  )
  return {
    language,
    opens: round!.opens,
    parties: await partiesOf(db, roundId),
    standing: new Set(standing.map((one) => sameness(one, one.codes))),
  }
}
