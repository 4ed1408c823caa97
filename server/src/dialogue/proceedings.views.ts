import type { KeyPoint, Proceedings, Summary } from '@multilogue/shared/proceedings'
import { directionOf } from '@multilogue/shared/language'
import { keepsProceedings, mayReadDraft, type ThreadRow } from '../access/dialogue.access.js'
import type { ActingSeat } from '../access/caller.js'
import { named } from '../common/acts.js'
import { instant } from '../common/columns.js'
import { row, rows } from '../common/sql.js'
import type { Reading } from '../work/work.js'
import { following } from './following.js'

const withDirection = <T extends { language: string }>(told: T) => ({ ...told, dir: directionOf(told.language) })

/** Citations in the order in which the statements were made. */
const cites = (table: string, column: string, of: string) =>
  `(SELECT coalesce(array_agg(c.message_id ORDER BY m.number), '{}') FROM ${table} c
    JOIN message m ON m.id = c.message_id WHERE c.${column} = ${of})`

export async function keyPointsOf({ db }: Reading, threadId: string, id?: string): Promise<KeyPoint[]> {
  const found = await rows<Omit<KeyPoint, 'dir'>>(
    db,
    `SELECT k.id, k.text, k.question, k.language, p.name AS "byName", ${instant('k.at')} AS at,
       ${cites('key_point_citation', 'key_point_id', 'k.id')} AS cites
     FROM key_point k JOIN person p ON p.id = k.person_id
     WHERE k.thread_id = $1 AND k.withdrawn_at IS NULL AND ($2::uuid IS NULL OR k.id = $2) ORDER BY k.at, k.id`,
    [threadId, id ?? null],
  )
  return found.map(withDirection)
}

/** The draft, if there is one, then the published ones from the last to the first. */
export async function summariesOf({ db }: Reading, threadId: string): Promise<Summary[]> {
  const found = await rows<Omit<Summary, 'dir'>>(
    db,
    `SELECT s.no, s.body, s.language, p.name AS "byName", ${instant('s.at')} AS at, s.revision,
       ${cites('summary_citation', 'summary_id', 's.id')} AS cites
     FROM summary s JOIN person p ON p.id = s.person_id WHERE s.thread_id = $1 ORDER BY s.no DESC NULLS FIRST`,
    [threadId],
  )
  return found.map(withDirection)
}

export async function proceedingsOf(work: Reading, thread: ThreadRow, seat: ActingSeat): Promise<Proceedings> {
  const messages = await rows<{ id: string; question: number | null }>(
    work.db,
    `SELECT id, question FROM message WHERE thread_id = $1 AND state = 'shown' ORDER BY number`,
    [thread.id],
  )
  const item = await row<{ questions: string[] }>(work.db, `SELECT questions FROM agenda_item WHERE id = $1`, [
    thread.agenda_item_id,
  ])
  const keyPoints = await keyPointsOf(work, thread.id)
  const all = await summariesOf(work, thread.id)
  const summaries = all.filter(({ no }) => no !== null)
  const cited = new Set(summaries[0]?.cites)
  return {
    threadId: thread.id,
    statements: messages.length,
    uncited: messages.map(({ id }) => id).filter((id) => !cited.has(id)),
    keyPoints,
    summaries,
    draft: mayReadDraft(seat) ? (all.find(({ no }) => no === null) ?? null) : null,
    questions: item!.questions.map((text, index) => ({
      no: index + 1,
      text,
      statements: messages.filter(({ question }) => question === index + 1).map(({ id }) => id),
      keyPoints: keyPoints.filter(({ question }) => question === index + 1).length,
    })),
    ...(await following(work, thread.id, seat.id)),
    may: named({ keep: keepsProceedings(seat) && thread.visibility === 'room' }),
  }
}
