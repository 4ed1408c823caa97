import { IN_KIND_UNITS, type InKind, type Listing, type ListingState } from '@multilogue/shared/assistance'
import { isMoney, type CommitmentState } from '@multilogue/shared/commitments'
import { LANGUAGES } from '@multilogue/shared/language'
import { NEAR } from '@multilogue/shared/matching'
import type { MatchState } from '@multilogue/shared/matches'
import type { Money } from '@multilogue/shared/values'
import type { z } from 'zod'
import { formatDay, formatMoney, i18n, t, term } from '$lib/i18n/i18n.svelte'
import { languageName } from '$lib/rooms/dialogue/names'

export interface Worth {
  money: Money | null
  inKind: z.infer<typeof InKind> | null
}

/** What something is worth in words, money first; empty when nothing was named. */
export const worthOf = ({ money, inKind }: Worth): string[] => [
  ...(money ? [formatMoney(money)] : []),
  ...(inKind ? [t(`assistance.inKind.${inKind.unit}`, { quantity: inKind.quantity })] : []),
]

/** What is left of an offer, as a share of it would bring it. */
export const leftOf = ({ money, inKind, left }: Pick<Listing, 'money' | 'inKind' | 'left'>): Worth => ({
  money: money && left.money ? { ...money, amount: left.money } : null,
  inKind: inKind && left.inKind ? { ...inKind, quantity: left.inKind } : null,
})

/** So much of a currency or of a unit. */
export function amountOf(unit: string, amount: number): string {
  if (isMoney(unit)) return formatMoney({ amount, currency: unit })
  const known = IN_KIND_UNITS.find((one) => one === unit) ?? 'units'
  return t(`assistance.inKind.${known}`, { quantity: amount })
}

/** A currency by its code, a unit by its name. */
export const unitName = (unit: string): string => known(`assistance.unit.${unit}`) ?? unit

/** The words for a key that is made from data, if there are any. */
function known(key: string): string | undefined {
  const words = term(key)
  return words === key ? undefined : words
}

export const sectorName = (code: string): string =>
  known(`assistance.sector.${code}`) ?? t('assistance.sectorCode', { code })

/** "until 3 March 2028"; undefined when there is no window. */
export function windowOf({
  opensOn,
  closesOn,
}: {
  opensOn: string | null
  closesOn: string | null
}): string | undefined {
  if (opensOn && closesOn) return t('assistance.window', { from: formatDay(opensOn), to: formatDay(closesOn) })
  if (opensOn) return t('assistance.windowFrom', { from: formatDay(opensOn) })
  return closesOn ? t('assistance.windowTo', { to: formatDay(closesOn) }) : undefined
}

/** What stands in a weighing as codes, in the reader's words. */
export function codeInWords(code: string): string {
  if (code.startsWith(NEAR)) return t('assistance.near', { what: codeInWords(code.slice(NEAR.length)) })
  if (code.startsWith('m49:')) return term(`assistance.region.${code.slice(4)}`)
  if (/^\d{5}$/.test(code)) return sectorName(code)
  if (/^\d{4}-/.test(code)) return formatDay(code)
  if (/^\d/.test(code)) return t('assistance.sdgTarget', { target: code })
  if (LANGUAGES.some((language) => language === code)) return languageName(code)
  return (
    known(`assistance.group.${code}`) ??
    known(`assistance.modality.${code}`) ??
    known(`assistance.experience.${code}`) ??
    code
  )
}

export const listed = (words: readonly string[]): string =>
  new Intl.ListFormat(i18n.locale, { type: 'unit', style: 'short' }).format(words)

type Tone = 'neutral' | 'info' | 'ok' | 'warn' | 'bad'
export const LISTING_TONES: Record<z.infer<typeof ListingState>, Tone> = {
  draft: 'neutral',
  published: 'info',
  matched: 'ok',
  withdrawn: 'neutral',
}
export const MATCH_TONES: Record<z.infer<typeof MatchState>, Tone> = {
  proposed: 'info',
  negotiating: 'warn',
  agreed: 'ok',
  active: 'ok',
  completed: 'ok',
  cancelled: 'bad',
  declined: 'bad',
}
export const COMMITMENT_TONES: Record<z.infer<typeof CommitmentState>, Tone> = {
  pledged: 'neutral',
  confirmed: 'info',
  partly_delivered: 'info',
  delivered: 'ok',
  withdrawn: 'bad',
}
