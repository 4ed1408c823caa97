import { Inject, Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { exportActivities } from '@multilogue/shared/iati'
import { mustBe } from '../../access/caller.js'
import { seatIn } from '../../access/round.access.js'
import { row } from '../../common/sql.js'
import { dayOf } from '../../common/clock.js'
import { SETTINGS_TOKEN } from '../../config/token.js'
import type { Settings } from '../../config/settings.js'
import { FileAnswer } from '../../work/file-answer.js'
import { Handles } from '../../work/handles.js'
import type { Reading } from '../../work/work.js'
import { activitiesOf } from './activities.js'
import { iatiFile } from './to-iati.js'

/** What was agreed, for the registers that donors publish to. Everybody in the round sees what it is made of. */
@Injectable()
export class IatiService {
  constructor(@Inject(SETTINGS_TOKEN) private readonly settings: Settings) {}

  @Handles(exportActivities)
  async exportActivities({ db, caller, now }: Reading, { roundId }: InputOf<typeof exportActivities>) {
    seatIn(caller, roundId)
    const round = await row<{ title: string; prefix: string }>(
      db,
      `SELECT title, symbol_prefix AS prefix FROM round WHERE id = $1`,
      [roundId],
    )
    const { title, prefix } = round!
    const publisher = { ref: this.settings.IATI_ORG, name: `Secretariat, ${title}` }
    const agreed = await row(db, `SELECT 1 FROM match WHERE round_id = $1 AND agreed_at IS NOT NULL LIMIT 1`, [roundId])
    mustBe(agreed !== undefined, 'Nothing is agreed yet, and IATI knows no file without activities.')
    const xml = iatiFile(activitiesOf(db, roundId), { publisher, at: now })
    return new FileAnswer(xml, 'application/xml', `${prefix} IATI ${dayOf(now)}`, 'xml')
  }
}
