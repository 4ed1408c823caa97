import { Injectable } from '@nestjs/common'
import { ParagraphId } from '@multilogue/shared/values'
import { blocksOf, contentsOf } from '../documents/contents.js'
import { printable } from '../documents/exchange/manuscript.js'
import { Projections, type Grown } from '../documents/projection.js'

/** UTF-16 code units of one paragraph that are searched: a tsvector holds 1 MB. */
const LIMIT = 100_000

/** Keeps the words of texts where they can be searched. Who may read a text finds it; drafts of proposals are not kept. */
@Injectable()
export class ParagraphsProjection {
  constructor(projections: Projections) {
    projections.onGrown({
      name: 'search',
      kinds: ['vision_statement', 'action_plan', 'outcome', 'translation'],
      project: (grown) => this.project(grown),
    })
  }

  private async project({ db, document, doc }: Grown): Promise<void> {
    const found = blocksOf(contentsOf(doc)).map(({ block }) => ({
      paragraph_id: ParagraphId.safeParse(block.id).success ? block.id : '',
      words: printable(
        block.runs
          .map(({ text }) => text)
          .join('')
          .slice(0, LIMIT),
      ),
    }))
    await db.query(`DELETE FROM paragraph_words WHERE document_id = $1`, [document.id])
    await db.query(
      `INSERT INTO paragraph_words (document_id, place, paragraph_id, language, words)
       SELECT $1, row_number() OVER (), x.paragraph_id, $3, x.words
       FROM jsonb_to_recordset($2::jsonb) AS x(paragraph_id text, words text) WHERE trim(x.words) <> ''`,
      [document.id, JSON.stringify(found), document.language],
    )
  }
}
