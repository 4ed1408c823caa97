import type { Listing } from '@multilogue/shared/assistance'
import { Refusal } from '../common/problem.js'
import { row } from '../common/sql.js'
import type { Writing } from '../work/work.js'
import { BINDING } from './listings.views.js'

/**
 * The offer still has what is to be brought of it. The offer is locked, so that two agreements cannot share the rest.
 * @param field  where the share stands in what was sent; left out, a lack is told as a state
 */
export async function mustFit(
  { db }: Writing,
  offerId: string,
  share: Pick<Listing, 'money' | 'inKind'>,
  field?: string,
): Promise<void> {
  const offer = await row<Pick<Listing, 'money' | 'inKind'>>(
    db,
    `SELECT money, in_kind AS "inKind" FROM listing WHERE id = $1 FOR UPDATE`,
    [offerId],
  )
  const bound = await row<{ money: number; inKind: number }>(
    db,
    `SELECT coalesce(sum((p.money->>'amount')::numeric), 0)::float8 AS money, coalesce(sum((p.in_kind->>'quantity')::numeric), 0)::float8 AS "inKind"
     FROM match_party p JOIN match m ON m.id = p.match_id WHERE p.offer_id = $1 AND m.state IN ${BINDING}`,
    [offerId],
  )
  const fitsMoney =
    !share.money ||
    (offer?.money?.currency === share.money.currency && share.money.amount <= offer.money.amount - bound!.money)
  const fitsInKind =
    !share.inKind ||
    (offer?.inKind?.unit === share.inKind.unit && share.inKind.quantity <= offer.inKind.quantity - bound!.inKind)
  if (fitsMoney && fitsInKind) return
  const detail = 'The offer does not have so much left.'
  if (field === undefined) throw new Refusal('wrong-state', detail)
  throw invalid(`${field}/${fitsMoney ? 'inKind' : 'money'}`, detail)
}

export const invalid = (field: string, detail: string) =>
  new Refusal('invalid-input', undefined, { errors: [{ pointer: `#/${field}`, detail }] })
