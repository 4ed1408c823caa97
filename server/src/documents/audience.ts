import type { DocumentRow } from '../access/document.access.js'
import type { Audience } from '../work/work.js'

/** A delegation's own text is not heard of by anybody else. */
export function audienceOf({
  visibility,
  owner_delegation_id,
}: Pick<DocumentRow, 'visibility' | 'owner_delegation_id'>): Audience | undefined {
  return visibility === 'participants'
    ? undefined
    : { delegationIds: owner_delegation_id ? [owner_delegation_id] : [], secretariat: false }
}
