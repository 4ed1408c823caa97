import type { Mention, postMessage } from '@multilogue/shared/dialogue'
import type { InputOf } from '@multilogue/shared/contract'
import { mustBe } from '../access/caller.js'
import { standingMessage, type ThreadRow } from '../access/dialogue.access.js'
import { invalidInput } from '../common/problem.js'
import { row, rows } from '../common/sql.js'
import type { Reading } from '../work/work.js'

/** What a statement refers to: whom it mentions, and whose words it quotes. */
export type Quoted = NonNullable<InputOf<typeof postMessage>['quote']>

/** @throws Refusal invalid-input when somebody is not in the round */
export async function mustBeInRound({ db }: Reading, roundId: string, mentions: Mention[]): Promise<void> {
  const idsOf = (kind: Mention['kind']) => mentions.filter((one) => one.kind === kind).map(({ id }) => id)
  const found = await rows<{ id: string }>(
    db,
    `SELECT id FROM delegation WHERE round_id = $1 AND id = ANY($2)
     UNION ALL SELECT id FROM seat WHERE round_id = $1 AND id = ANY($3)`,
    [roundId, idsOf('delegation'), idsOf('seat')],
  )
  const stranger = mentions.findIndex((one) => !found.some(({ id }) => id === one.id))
  if (stranger >= 0) throw invalidInput(`mentions/${stranger}`, 'Nobody of this round.')
}

/** The words as they stood in that wording; what was said in private is quoted in its own thread alone. */
export async function mustHaveSaid(
  work: Reading,
  thread: Pick<ThreadRow, 'id'>,
  { messageId, revision, words }: Quoted,
): Promise<void> {
  const quoted = await standingMessage(work, messageId)
  mustBe(
    quoted.thread.visibility === 'room' || quoted.thread.id === thread.id,
    'What was said in private is not carried out of it.',
  )
  const wording = await row<{ body: string }>(
    work.db,
    `SELECT body FROM message WHERE id = $1 AND revision = $2
     UNION ALL SELECT body FROM message_wording WHERE message_id = $1 AND revision = $2`,
    [messageId, revision],
  )
  if (!wording?.body.includes(words)) throw invalidInput('quote/words', 'Not words of that wording.')
}

/** @param mentions  in the order in which they stand in the statement */
export async function keepMentions({ db }: Reading, messageId: string, mentions: Mention[]): Promise<void> {
  await db.query(
    `INSERT INTO message_mention (message_id, place, delegation_id, seat_id)
     SELECT $1, place, CASE kind WHEN 'delegation' THEN id END, CASE kind WHEN 'seat' THEN id END
     FROM jsonb_to_recordset($2::jsonb) AS x(place integer, kind text, id uuid)`,
    [messageId, JSON.stringify(mentions.map((one, index) => ({ ...one, place: index + 1 })))],
  )
}
