import { wordsOf, type Row } from '@multilogue/shared/compilation'
import type { Proposal } from '@multilogue/shared/negotiation'
import { t } from '$lib/i18n/i18n.svelte'

const SHORT = 48

/** How a place in the text is named: by its number, or by its first words when it has none. */
export const placeName = (row: Row): string => {
  if (row.number !== '' || row.kind !== 'block') return row.number
  const words = wordsOf(row.block.runs)
  return words.length > SHORT ? `${words.slice(0, SHORT).trimEnd()}…` : words
}

/** What a proposal would do. */
export function operationWords({ operation, otherId }: Proposal, rows: Row[]): string {
  const behind = operation === 'move' ? rows.find(({ id }) => id === otherId) : undefined
  return behind ? t('negotiation.moveBehind', { place: placeName(behind) }) : t(`negotiation.operation.${operation}`)
}
