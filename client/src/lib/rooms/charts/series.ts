import { isMoney } from '@multilogue/shared/commitments'
import type { CommitmentSum } from '@multilogue/shared/assistance-figures'
import type { CountryLine } from '@multilogue/shared/countries'
import { formatPercent, formatNumber, t } from '$lib/i18n/i18n.svelte'

/** One figure of every party; undefined where it has none. */
export interface Series {
  key: string
  name: string
  of: (party: CountryLine) => number | undefined
  words: (value: number) => string
}

const shared = (count: number, base: number) => (base > 0 ? count / base : undefined)
const confirmedIn = (sums: readonly CommitmentSum[], unit: string) =>
  sums.find((sum) => sum.unit === unit)?.confirmed ?? 0

/** What parties can be compared by; money in each currency for itself. */
export function seriesOf(parties: readonly CountryLine[]): Series[] {
  const units = [...new Set(parties.flatMap(({ gives, receives }) => [...gives, ...receives].map(({ unit }) => unit)))]
  const currencies = units.filter(isMoney).sort()
  return [
    { key: 'addressed', name: t('charts.addressed'), of: ({ figures }) => figures.base, words: formatNumber },
    {
      key: 'implemented',
      name: t('charts.shareImplemented'),
      of: ({ figures }) => shared(figures.implemented, figures.base),
      words: formatPercent,
    },
    {
      key: 'begun',
      name: t('charts.shareBegun'),
      of: ({ figures }) => shared(figures.triggered, figures.base),
      words: formatPercent,
    },
    { key: 'overdue', name: t('charts.overdue'), of: ({ figures }) => figures.flagged.overdue, words: formatNumber },
    { key: 'requests', name: t('charts.requests'), of: ({ requests }) => requests.published, words: formatNumber },
    ...currencies.flatMap((unit): Series[] => [
      {
        key: `receives ${unit}`,
        name: t('charts.receivesIn', { unit }),
        of: ({ receives }) => confirmedIn(receives, unit),
        words: formatNumber,
      },
      {
        key: `gives ${unit}`,
        name: t('charts.givesIn', { unit }),
        of: ({ gives }) => confirmedIn(gives, unit),
        words: formatNumber,
      },
    ]),
  ]
}
