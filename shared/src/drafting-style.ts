import { TRADITIONS, type Tradition } from './drafting-traditions.js'
import type { Block } from './negotiation.js'
import type { Language } from './values.js'

/*
 * What a drafter's eye would stop at: how paragraphs of a negotiated text begin and end, and what was typed although the
 * text can do it by itself. Findings are hints. They hold nothing up, and a rule that cannot be sure says nothing.
 */

/** A block as it is read here: what has no words, such as a footnote, stands in `text` as one sign (WORDLESS). */
export type Drafted = Pick<Block, 'id' | 'kind' | 'part' | 'depth' | 'bis'> & { text: string; isInCell?: boolean }
export const WORDLESS = '\ufffc'

export type Rule =
  | 'preambularOpening'
  | 'preambularEnd'
  | 'operativeOpening'
  | 'operativeEnd'
  | 'lastEnd'
  | 'chapeauEnd'
  | 'empty'
  | 'typedNumber'
  | 'typedReference'
  | 'typedBracket'
  | 'binding'
  | 'abbreviation'
  | 'doubledWord'
  | 'doubledSpace'
  | 'long'

export interface Finding {
  paragraphId: string
  rule: Rule
  /** UTF-16 code units from the paragraph's beginning, as is `to`; left out: it is about all of the paragraph. */
  from?: number
  to?: number
  /** What stands there. */
  words?: string
  /** Of a long paragraph: its words; in Chinese, its characters. */
  count?: number
}

export interface Drafting {
  language: Language
  /** Whether the text obliges; in one that does not, "shall" says too much. */
  isBinding: boolean
  /** A part of a text, such as a proposal: what stands around it is not known. */
  isPart?: boolean
}

type Found = Omit<Finding, 'paragraphId'>

/** @param blocks  all of the text, in reading order; so are the findings */
export function findingsIn(blocks: Drafted[], drafting: Drafting): Finding[] {
  const tradition = TRADITIONS[drafting.language]
  const shortened = drafting.isPart ? new Map<string, Found[]>() : abbreviationsIn(blocks, tradition)
  const placed = placesIn(blocks, tradition)
  return blocks.flatMap((block) => {
    const place = placed.get(block)
    const found: Found[] = [
      ...(place ? shapeOf(block, place, tradition, drafting) : []),
      ...(block.kind === 'heading' ? [] : wordingOf(block, tradition, drafting)),
      ...(shortened.get(block.id) ?? []),
    ]
    return found
      .sort((one, other) => (one.from ?? 0) - (other.from ?? 0))
      .map((finding) => ({ paragraphId: block.id, ...finding }))
  })
}

/** Where a paragraph with a part stands among the others. */
interface Place {
  /** Sub-paragraphs, or the paragraphs that a chapeau opens, come behind it. */
  opens: boolean
  /** A heading or a chapeau comes behind it, or nothing does. */
  endsSection: boolean
  /** The last paragraph of the text that has a part. */
  isLast: boolean
  /** Paragraphs of its part are written as sentences throughout, as declarations are. */
  inSentences: boolean
}

function placesIn(blocks: Drafted[], tradition: Tradition): Map<Drafted, Place> {
  const steps = blocks.filter(({ part, kind, isInCell }) => (part || kind === 'heading') && !isInCell)
  const last = steps.findLast(({ part }) => part)
  const places = new Map<Drafted, Place>()
  for (const [at, block] of steps.entries()) {
    if (!block.part) continue
    const next = steps[at + 1]
    const isDeeper = next?.part === block.part && (next.depth ?? 0) > (block.depth ?? 0)
    places.set(block, {
      opens: block.part === 'chapeau' ? next?.part !== undefined && next.part !== 'chapeau' : isDeeper,
      endsSection: !next?.part || next.part === 'chapeau',
      isLast: block === last,
      inSentences: false,
    })
  }
  for (const part of ['preambular', 'operative'] as const) {
    const within = [...places].filter(([block, place]) => block.part === part && !place.opens && !place.isLast)
    const sentences = within.filter(([{ text }]) => tradition.stop.test(endOf(text).sign))
    if (sentences.length < 2 || sentences.length * 2 <= within.length) continue
    for (const [block, place] of places) if (block.part === part) place.inSentences = true
  }
  return places
}

function shapeOf(block: Drafted, place: Place, tradition: Tradition, { isPart }: Drafting): Found[] {
  const isNumbered = block.part !== 'chapeau'
  if (!hasWords(block.text)) return isNumbered && !block.text.includes(WORDLESS) ? [{ rule: 'empty' }] : []
  return [...(isNumbered && !block.depth ? openingOf(block, place, tradition) : []), ...endingOf()]

  function endingOf(): Found[] {
    const { sign, ...last } = endOf(block.text)
    const { comma, semicolon, stop, colon } = tradition
    const ends = (...signs: RegExp[]) => signs.some((one) => one.test(sign))
    const faulty = (rule: Rule): Found[] => [{ rule, ...last }]
    if (place.opens) return ends(colon, comma) ? [] : faulty('chapeauEnd')
    if (block.part === 'chapeau' || (place.inSentences && ends(stop))) return []
    if (block.part === 'preambular')
      return ends(comma, ...(block.depth ? [semicolon] : [])) ? [] : faulty('preambularEnd')
    const mayGoOn = ends(semicolon) || tradition.conjunction.test(block.text.slice(0, last.to))
    if (isPart) return mayGoOn || ends(stop) ? [] : faulty('operativeEnd')
    if (place.isLast) return ends(stop) ? [] : faulty('lastEnd')
    const isFine = mayGoOn || (place.endsSection && ends(stop)) || (Boolean(block.depth) && ends(comma))
    return isFine ? [] : faulty('operativeEnd')
  }
}

function openingOf({ part, text }: Drafted, { inSentences }: Place, tradition: Tradition): Found[] {
  const at = text.search(/[\p{L}\p{N}]/u)
  if (TYPED_NUMBER.test(text) || inSentences) return []
  const words = text.slice(at).match(/[\p{L}\p{M}’'-]+/gu) ?? []
  const first = text.slice(at).match(/^\S+/)?.[0] ?? ''
  const isRight = part === 'preambular' ? tradition.isReason(words) : tradition.isAct(words)
  const rule = part === 'preambular' ? 'preambularOpening' : 'operativeOpening'
  return isRight ? [] : [{ rule, from: at, to: at + first.length, words: first }]
}

/** `3.`, `(a)`, `iv)`, `5 bis.`, `一、` at the beginning. */
const TYPED_NUMBER =
  /^\s*(?:[(（](?:\d{1,2}|[ivx]{1,5}|\p{L}|[一二三四五六七八九十]{1,3})[)）]|(?:\d{1,2}|[ivx]{1,5}|\p{Ll}|\p{Lo})[)）](?=\s)|\d{1,2}(?:\s(?:bis|ter|quater))?\.(?=\s)|[\d٠-٩]{1,2}\s?[-–](?=\s*\p{L})|[一二三四五六七八九十]{1,3}、)/u
/** In pairs, or one that was left alone. */
const TYPED_BRACKET = /[[［][^\]］]*[\]］]?|[\]］]/g
const DOUBLED_WORD = /(?<![\p{L}\p{M}\p{N}-])(\p{L}{2,})\s+\1(?![\p{L}\p{M}\p{N}-])/giu
const DOUBLED_SPACE = /(?<=\S)[ \u00a0]{2,}(?=\S)/g

function wordingOf(block: Drafted, tradition: Tradition, { isBinding }: Drafting): Found[] {
  const { text } = block
  const all = (rule: Rule, pattern: RegExp): Found[] =>
    [...text.matchAll(pattern)].map(({ 0: words, index }) => ({ rule, from: index, to: index + words.length, words }))
  const number = block.isInCell ? null : text.match(TYPED_NUMBER)
  const begin = number?.[0].search(/\S/) ?? 0
  const count = tradition.countOf(text)
  return [
    ...(number ? [{ rule: 'typedNumber' as const, from: begin, to: number[0].length, words: number[0].trim() }] : []),
    ...all('typedReference', tradition.reference),
    ...all('typedBracket', TYPED_BRACKET),
    ...(isBinding ? [] : all('binding', tradition.obliges)),
    ...all('doubledWord', DOUBLED_WORD).filter(({ words = '' }) => !isName(words) && !tradition.mayDouble?.test(words)),
    ...all('doubledSpace', DOUBLED_SPACE),
    ...(count > tradition.longest ? [{ rule: 'long' as const, count }] : []),
  ]
}

/** Capitals that are no part of a symbol such as A/RES/70/1, and may have a plural's s. */
const ABBREVIATION = /(?<![\p{L}\p{M}\p{N}/.\-–])(\p{Lu}{2,7})s?(?![\p{L}\p{M}\p{N}/]|[-.]\p{N})/gu
const ROMAN = /^[IVXLC]+$/

/** Each at its first use, unless that use spells it out: `small firms (SMEs)`, `SMEs (small firms)`. */
function abbreviationsIn(blocks: Drafted[], { wellKnown }: Tradition): Map<string, Found[]> {
  const known = new Set(wellKnown)
  const found = new Map<string, Found[]>()
  for (const { id, kind, isInCell, text } of blocks) {
    if (isShouted(text)) continue
    for (const { 0: words, 1: short = '', index } of text.matchAll(ABBREVIATION)) {
      if (known.has(short) || ROMAN.test(short)) continue
      known.add(short)
      const to = index + words.length
      const isSpelledOut = /[(（«“"]\s*$/.test(text.slice(0, index)) || /^\s*[(（]/.test(text.slice(to))
      if (isSpelledOut || kind === 'heading' || isInCell) continue
      found.set(id, [...(found.get(id) ?? []), { rule: 'abbreviation', from: index, to, words }])
    }
  }
  return found
}

const isShouted = (text: string): boolean =>
  (text.match(/\p{Lu}/gu)?.length ?? 0) > (text.match(/\p{Ll}/gu)?.length ?? 0) && /\p{Lu}/u.test(text)

/** Walla Walla. */
const isName = (doubled: string): boolean => /\s\p{Lu}/u.test(doubled)
const hasWords = (text: string): boolean => /[\p{L}\p{N}]/u.test(text)

/** The last word with its sign; quotation marks, brackets and footnotes may stand behind it. */
function endOf(text: string): { sign: string; from: number; to: number; words: string } {
  const to = text.replace(new RegExp(`[\\s${WORDLESS}\\])}»”"’]+$`, 'u'), '').length
  const words = text.slice(0, to).match(/\S{1,30}$/u)?.[0] ?? ''
  return { sign: text.slice(to - 1, to), from: to - words.length, to, words }
}
