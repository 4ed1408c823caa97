import type { Card } from '@multilogue/shared/collab'
import type { TableName } from '@multilogue/shared/plan-text'
import type { Finding } from '@multilogue/shared/plans'
import type { Wire } from '$lib/collab/wire'

/** One field of one row. */
export interface Place {
  table: TableName
  id: string
  field: string
}

export const keyOf = ({ table, id, field }: Place): string => `${table}/${id}/${field}`

export const NOBODY: ReadonlyMap<string, Card[]> = new Map()

/** Findings by the field that they are about. */
export function byField(findings: Finding[]): ReadonlyMap<string, Finding[]> {
  const found = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = `${finding.on}/${finding.id}/${finding.field}`
    found.set(key, [...(found.get(key) ?? []), finding])
  }
  return found
}

/** The others who are in a field, by the field; they say so in `place` of their presence. */
export function whoIsWhere({ awareness, doc }: Wire): ReadonlyMap<string, Card[]> {
  const found = new Map<string, Card[]>()
  for (const [client, { place, user }] of awareness.getStates()) {
    const card = user as Card | undefined
    if (client === doc.clientID || typeof place !== 'string' || !card) continue
    found.set(place, [...(found.get(place) ?? []), card])
  }
  return found
}
