import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { showPassage } from '@multilogue/shared/speakers'
import { must, mustBe } from '../access/caller.js'
import { lockedList, mayShowPassage } from '../access/speaker.access.js'
import { Refusal } from '../common/problem.js'
import { Texts } from '../documents/texts.js'
import { elementWith } from '../documents/words-in.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { heard } from './list.rows.js'
import { speakersView } from './speakers.views.js'

/** Which paragraph of the item's text is under discussion, for the screen of the room. */
@Injectable()
export class PassageService {
  constructor(private readonly texts: Texts) {}

  @Handles(showPassage)
  async showPassage(work: Writing, { agendaItemId, paragraphId }: InputOf<typeof showPassage>) {
    const { item, seat } = await lockedList(work, agendaItemId)
    must(mayShowPassage(seat), 'Chair, facilitator and secretariat say what is under discussion.')
    mustBe(item.document_id !== null, 'The item has no text.')
    if (paragraphId !== null) {
      const { seen: stands } = await this.texts.look(
        item.document_id,
        (doc) => elementWith(doc.getXmlFragment('default'), paragraphId) !== undefined,
      )
      if (!stands) throw new Refusal('words-gone')
    }
    await work.db.query(`UPDATE speakers_list SET paragraph_id = $2 WHERE agenda_item_id = $1`, [
      agendaItemId,
      paragraphId,
    ])
    heard(work, item)
    return speakersView({ ...work, item, seat })
  }
}
