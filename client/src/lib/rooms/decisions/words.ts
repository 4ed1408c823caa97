import type { DecidedParagraph, Procedure } from '@multilogue/shared/decisions'
import { t, term } from '$lib/i18n/i18n.svelte'

const SHORT = 60

export const STATE_TONES = {
  scheduled: 'neutral',
  running: 'info',
  passed: 'ok',
  broken: 'bad',
  cancelled: 'neutral',
} as const

/** A state in the words of its method: silence is broken, a vote does not adopt. */
export const stateWords = ({ method, state }: Procedure): string =>
  state === 'passed' || state === 'broken' ? term(`decisions.${state}.${method}`) : t(`decisions.state.${state}`)

/** What is decided on, in a line: under its symbol when it has one. */
export const subjectOf = ({ issued, document }: Procedure): string =>
  issued ? `${issued.symbol} ${document.title}` : t('decisions.aParagraph', { title: document.title })

/** By its number, or by its first words when it has none. */
export const paragraphName = ({ number, text }: DecidedParagraph): string =>
  number || (text.length > SHORT ? `${text.slice(0, SHORT).trimEnd()}…` : text)
