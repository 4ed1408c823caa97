import type { ProcedureDetail } from '@multilogue/shared/decisions'
import type { Language } from '@multilogue/shared/values'
import { isolated, say } from '../words/words.js'
import type { Fact } from './facts.js'

/** A decision, with what delegations then said to it. Who broke silence is nobody's to tell. */
export function tellDecision(decision: ProcedureDetail, language: Language): Fact[] {
  const { id, document, issued, method, result, tally, present, members, quorum } = decision
  const told = (key: Parameters<typeof say>[1], values?: Record<string, string>) => say(language, key, values)
  const apart = (text: string) => isolated(text, language)
  const href = `/decisions/${id}`
  const numberOf = (wanted: string) => decision.paragraphs.find((paragraph) => paragraph.id === wanted)?.number ?? ''
  const placeOf = (wanted: string | null) => {
    if (wanted === null) return told('record.whole')
    const number = numberOf(wanted)
    return number ? told('record.paragraph', { number }) : told('record.aParagraph')
  }
  const subject = issued
    ? apart(`${issued.symbol}, ${document.title}`)
    : told('record.paragraphOf', { title: apart(document.title), words: apart(wordsOf(decision)) })
  const key = result === 'no_quorum' || result === 'polled' ? result : (`${result!}.${asDecided(method)}` as const)
  const sentences = [
    told(`record.${key}`, { subject }),
    ...(tally ? [told('record.tally', figures(tally))] : []),
    ...(present ? [told('record.quorum', figures({ present: present.length, members, quorum }))] : []),
    ...(decision.decision ? [told('record.symbol', { symbol: apart(decision.decision.symbol) })] : []),
  ]
  return [
    { key: `decision:${id}`, text: sentences.join(' '), href },
    ...decision.stances.map((stance) => ({
      key: `stance:${stance.id}`,
      text: told(`record.${stance.kind}`, { name: apart(stance.by.name), place: placeOf(stance.paragraphId) }),
      href,
      quote: { text: stance.text, language: stance.language },
    })),
  ]
}

/** Of a decision on one paragraph, without the sign at its end. */
const wordsOf = ({ paragraphs: [first] }: ProcedureDetail): string => first?.text.replace(/[.,;:]\s*$/, '') ?? ''

/** A poll never adopts; the type does not say so. */
const asDecided = (method: ProcedureDetail['method']) => (method === 'straw_poll' ? 'vote' : method)

const figures = (numbers: Record<string, number>): Record<string, string> =>
  Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, String(number)]))
