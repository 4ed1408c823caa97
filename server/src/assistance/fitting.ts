import type { Listing } from '@multilogue/shared/assistance'
import { invalidInput, Refusal } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { Writing } from '../work/work.js'
import { BOUND } from './listings.views.js'

type Share = Pick<Listing, 'money' | 'inKind'>

/** Locks listings in one order, so that two who want the same ones wait for each other. */
export const lockListings = (db: Writing['db'], ids: string[]) =>
  db.query(`SELECT 1 FROM listing WHERE id = ANY($1) ORDER BY id FOR UPDATE`, [ids])

/**
 * The offer is open and still has what is to be brought of it. The offer is locked before.
 * @param field  where the share stands in what was sent; left out, a lack is told as a state
 */
export async function mustFit({ db }: Writing, offerId: string, share: Share, field?: string): Promise<void> {
  const found = await row<{ state: string; isEmpty: boolean; fitsMoney: boolean; fitsInKind: boolean }>(
    db,
    `WITH bound AS (${BOUND('p.offer_id = $1')}), left_of AS (
       SELECT l.state, l.money, l.in_kind,
         (l.money->>'amount')::numeric - coalesce((SELECT sum(amount) FROM bound WHERE unit = l.money->>'currency'), 0) AS money_left,
         (l.in_kind->>'quantity')::numeric - coalesce((SELECT sum(amount) FROM bound WHERE unit = l.in_kind->>'unit'), 0) AS in_kind_left
       FROM listing l WHERE l.id = $1)
     SELECT state, $2::text IS NULL AND $4::text IS NULL AND (money IS NOT NULL OR in_kind IS NOT NULL) AS "isEmpty",
       $2::text IS NULL OR coalesce(money->>'currency' = $2 AND $3::numeric <= money_left, false) AS "fitsMoney",
       $4::text IS NULL OR coalesce(in_kind->>'unit' = $4 AND $5::numeric <= in_kind_left, false) AS "fitsInKind"
     FROM left_of`,
    [
      ...[offerId, share.money?.currency ?? null, share.money?.amount ?? null],
      ...[share.inKind?.unit ?? null, share.inKind?.quantity ?? null],
    ],
  )
  const { state, isEmpty, fitsMoney, fitsInKind } = found!
  if (state !== 'published') throw new Refusal('wrong-state', `The offer is ${state}.`)
  if (fitsMoney && fitsInKind && !isEmpty) return
  const detail = 'The offer does not have so much left.'
  if (field === undefined) throw new Refusal('wrong-state', detail)
  throw invalidInput(`${field}/${fitsMoney && !isEmpty ? 'inKind' : 'money'}`, detail)
}
