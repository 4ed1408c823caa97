import type { Element } from '@xmldom/xmldom'
import { letterOf, romanOf } from '@multilogue/shared/numbering'
import { attributeOf, childOf, elementsOf, valueOf } from './xml.js'

export interface Style {
  /** In lower case, as Word names its own styles in every language. */
  name: string
  /** From 0. */
  outline?: number
  numbering?: NumberedBy
}

export interface NumberedBy {
  list: string
  level: number
}

/** The paragraph styles of a file by their ids, with what they take over from others. */
export function stylesOf(root: Element | undefined): Map<string, Style> {
  const found = new Map<string, { element: Element; basedOn?: string | undefined }>()
  for (const element of elementsOf(root))
    if (element.localName === 'style')
      found.set(attributeOf(element, 'styleId') ?? '', { element, basedOn: valueOf(element, 'basedOn') })
  const styles = new Map<string, Style>()
  for (const id of found.keys()) {
    const style: Style = { name: valueOf(found.get(id)!.element, 'name')?.toLowerCase() ?? '' }
    const seen = new Set<string>()
    for (let at: string | undefined = id; at && found.has(at) && !seen.has(at); at = found.get(at)!.basedOn) {
      seen.add(at)
      const properties = childOf(found.get(at)!.element, 'pPr')
      const outline = valueOf(properties, 'outlineLvl')
      if (outline !== undefined) style.outline ??= Number(outline)
      const numbering = numberedBy(properties)
      if (numbering) style.numbering ??= numbering
    }
    styles.set(id, style)
  }
  return styles
}

export function numberedBy(properties: Element | undefined): NumberedBy | undefined {
  const numbering = childOf(properties, 'numPr')
  const list = valueOf(numbering, 'numId')
  if (!numbering || list === undefined) return undefined
  return { list, level: Math.min(8, Math.max(0, Number(valueOf(numbering, 'ilvl') ?? 0) || 0)) }
}

interface Level {
  format: string
  text: string
  start: number
}

/** The automatic numbers of a file, counted in reading order as Word does. */
export class AutomaticNumbers {
  private readonly abstractOf = new Map<string, string>()
  private readonly levels = new Map<string, Level[]>()
  private readonly counts = new Map<string, number[]>()

  constructor(root: Element | undefined) {
    for (const element of elementsOf(root)) {
      if (element.localName === 'abstractNum')
        this.levels.set(attributeOf(element, 'abstractNumId') ?? '', levelsOf(element))
      if (element.localName === 'num')
        this.abstractOf.set(attributeOf(element, 'numId') ?? '', valueOf(element, 'abstractNumId') ?? '')
    }
  }

  /** @returns what stands before the paragraph, or `bullet`; nothing when it has no number */
  next({ list, level }: NumberedBy): { label: string } | 'bullet' | undefined {
    const levels = this.levels.get(this.abstractOf.get(list) ?? '')
    const own = levels?.[level]
    if (!levels || !own || own.format === 'none') return undefined
    if (own.format === 'bullet') return 'bullet'
    const counts = this.counts.get(list) ?? []
    this.counts.set(list, counts)
    counts.length = Math.min(counts.length, level + 1)
    for (let at = 0; at < level; at++) counts[at] ??= levels[at]?.start ?? 1
    counts[level] = (counts[level] ?? own.start - 1) + 1
    const label = own.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1
      return written(counts[at] ?? 1, levels[at]?.format ?? 'decimal')
    })
    return { label }
  }
}

function levelsOf(element: Element): Level[] {
  const levels: Level[] = []
  for (const level of elementsOf(element))
    if (level.localName === 'lvl')
      levels[Number(attributeOf(level, 'ilvl') ?? 0)] = {
        format: valueOf(level, 'numFmt') ?? 'decimal',
        text: valueOf(level, 'lvlText') ?? '',
        start: Number(valueOf(level, 'start') ?? 1) || 0,
      }
  return levels
}

function written(value: number, format: string): string {
  if (value < 1 || value > 9_999) return String(value)
  if (format === 'lowerLetter') return letterOf(value)
  if (format === 'upperLetter') return letterOf(value).toUpperCase()
  if (format === 'lowerRoman') return romanOf(value)
  if (format === 'upperRoman') return romanOf(value).toUpperCase()
  return String(value)
}
