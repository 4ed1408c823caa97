import { z } from 'zod'
import { command } from './contract.js'
import { Id, Instant, May, OptionalParagraph, Paragraph, ParagraphId, Quote } from './values.js'

/*
 * Brackets stand around words that not everybody can accept yet. In the text they are a mark on the words, so that
 * typing can neither leave one half of a pair behind nor write one; who holds them and why is kept beside the text.
 * They are opened and closed by acts with a reason. Alternatives are brackets in a row of which one will stay.
 */

/** The mark's name in the text; its one attribute is `ids`: the brackets around the words, the outermost first. */
export const BRACKET = 'bracket'

/** @returns none for what is no such mark */
export function bracketIds(mark: unknown): string[] {
  const ids = (mark as { ids?: unknown } | null | undefined)?.ids
  return typeof ids === 'string' && ids.length <= 400 ? ids.split(' ').filter(Boolean) : []
}

/** How deep brackets stand in brackets. */
export const DEEPEST = 5

const Holder = z.object({ delegationId: Id, code: z.string(), name: z.string() })

export const Bracket = z.object({
  id: Id,
  /** The text it stands in: the negotiated one, or that of a proposal. */
  documentId: Id,
  /** Where its first word stands now. */
  paragraphId: z.string(),
  /** The bracket beside which it stands as another way to say it. */
  alternativeOf: Id.nullable(),
  words: z.string(),
  /** For whom it stands; nobody: the facilitator has set it. */
  delegations: z.array(Holder),
  reason: z.string().nullable(),
  by: z.object({ code: z.string(), name: z.string() }),
  at: Instant,
  may: May,
})
export type Bracket = z.infer<typeof Bracket>

const delegationIds = z.array(Id).max(200).optional()

export const openBracket = command('negotiation.openBracket', 'POST /documents/:documentId/brackets', {
  summary:
    'Put words of a paragraph into brackets. Who holds the pen says for which delegations; others for their own.',
  input: z.object({
    documentId: Id,
    paragraphId: ParagraphId,
    /** UTF-16 code units from the paragraph's beginning. */
    from: z.int().nonnegative(),
    /** What stands there: it is found again when others have written before it. */
    quote: Quote,
    reason: Paragraph,
    delegationIds,
  }),
  output: Bracket,
})
export const addAlternative = command('negotiation.addAlternative', 'POST /brackets/:bracketId/alternatives', {
  summary: 'Put another way to say it beside a bracket.',
  input: z.object({ bracketId: Id, words: Paragraph, reason: OptionalParagraph.default(''), delegationIds }),
  output: Bracket,
})
export const closeBracket = command('negotiation.closeBracket', 'POST /brackets/:bracketId/close', {
  summary: 'Take the brackets away and keep the words, in place of their alternatives; or take the words away too.',
  input: z.object({ bracketId: Id, outcome: z.enum(['kept', 'deleted']), reason: Paragraph }),
  output: z.object({ documentId: Id, no: z.int() }),
})

/** A run of words with what begins before it and ends behind it. */
export interface Signed<R> {
  run: R
  opens: string[]
  /** The innermost first. */
  closes: string[]
}

/** Where brackets are printed: each pair once, at its first and last word, whatever paragraphs lie between. */
export function signed<R extends { brackets?: string[] | undefined }>(blocks: { runs: R[] }[]): Signed<R>[][] {
  const first = new Map<string, R>()
  const last = new Map<string, R>()
  for (const { runs } of blocks)
    for (const run of runs)
      for (const id of run.brackets ?? []) {
        if (!first.has(id)) first.set(id, run)
        last.set(id, run)
      }
  return blocks.map(({ runs }) =>
    runs.map((run) => ({
      run,
      opens: (run.brackets ?? []).filter((id) => first.get(id) === run),
      closes: (run.brackets ?? []).filter((id) => last.get(id) === run).reverse(),
    })),
  )
}

/** Whether words of a paragraph are in brackets. */
export const isBracketed = ({ runs }: { runs: { brackets?: string[] | undefined }[] }): boolean =>
  runs.some(({ brackets }) => brackets)

/** The words with plain signs around what is in brackets. */
export const withSigns = (blocks: { runs: { text: string; brackets?: string[] | undefined }[] }[]): string =>
  signed(blocks)
    .map((runs) =>
      runs.map(({ run, opens, closes }) => '['.repeat(opens.length) + run.text + ']'.repeat(closes.length)).join(''),
    )
    .join('\n')
