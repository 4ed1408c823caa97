import type { DocumentRow } from '../access/document.access.js'
import type { Audience } from '../work/work.js'

type Shown = Pick<DocumentRow, 'visibility' | 'owner_delegation_id'> &
  Partial<Pick<DocumentRow, 'invited' | 'convener_seat_id' | 'officers_read'>>

/** A delegation's own text is not heard of by anybody else, nor are informal consultations by who is not invited. */
export function audienceOf({
  visibility,
  owner_delegation_id,
  invited,
  convener_seat_id,
  officers_read,
}: Shown): Audience | undefined {
  if (visibility === 'invited') {
    const officers = officers_read === true
    const seatIds = convener_seat_id ? [convener_seat_id] : []
    return { delegationIds: invited ?? [], secretariat: officers, chair: officers, seatIds }
  }
  return visibility === 'participants'
    ? undefined
    : { delegationIds: owner_delegation_id ? [owner_delegation_id] : [], secretariat: false }
}
