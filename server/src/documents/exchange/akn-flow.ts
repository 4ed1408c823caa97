import type { Block, Inline, MarkName, Table, Words } from './manuscript.js'
import { element, text, type Xml } from '../../common/xml-writer.js'

const MARKS: Record<MarkName, (inner: Xml) => Xml> = {
  bold: (inner) => element('b', {}, inner),
  italic: (inner) => element('i', {}, inner),
  underline: (inner) => element('u', {}, inner),
  strike: (inner) => element('span', { class: 'strike' }, inner),
  code: (inner) => element('span', { class: 'code' }, inner),
}

type Name = { eId: string; wId?: string }

/** What stands in paragraphs, lists and tables of an Akoma Ntoso file, and the names given so far. */
export class Flow {
  private readonly counts = new Map<string, number>()
  private readonly taken = new Set<string>()

  /** `para_1`, counted through the whole text. */
  named(kind: string, words?: Words): Name {
    return this.name(`${kind}_${this.count(kind)}`, words)
  }

  /** `para_2bis`, after the printed number. */
  numbered(kind: string, words: Words): Name {
    const number = words.number?.replace(/[^\p{L}\p{N}]/gu, '')
    return number ? this.name(`${kind}_${number}`, words) : this.named(kind, words)
  }

  paragraph(words: Words): Xml {
    return element('p', {}, ...this.inlines(words.inlines))
  }

  blocks(blocks: Block[]): Xml[] {
    const made: Xml[] = []
    for (let at = 0; at < blocks.length;) {
      const block = blocks[at]!
      if (block.is === 'words' && block.list) {
        const end = blocks.findIndex((next, place) => place > at && !(next.is === 'words' && next.list))
        const list = blocks.slice(at, end < 0 ? blocks.length : end) as Words[]
        made.push(this.list(list))
        at += list.length
      } else {
        made.push(block.is === 'table' ? this.table(block) : this.block(block))
        at++
      }
    }
    return made
  }

  inlines(inlines: Inline[]): Xml[] {
    return inlines.flatMap((inline) => {
      if (inline.is === 'comment') return []
      if (inline.is === 'footnote') {
        const marker = this.count('fn')
        const note = element('p', {}, text(inline.text))
        return element('authorialNote', { eId: `fn_${marker}`, marker, placement: 'bottom' }, note)
      }
      const lines = inline.text
        .split('\n')
        .flatMap((line, at) => (at > 0 ? [element('eol'), text(line)] : [text(line)]))
      return inline.marks.reduce((inner, mark) => MARKS[mark](inner), lines.join('') as Xml)
    })
  }

  private block(words: Words): Xml {
    const name = words.level ? 'heading' : words.isQuote ? 'quote' : undefined
    if (name) return element('block', { ...this.named(name, words), name }, ...this.inlines(words.inlines))
    return element('p', this.named('p', words), ...this.inlines(words.inlines))
  }

  /** Items begin at a marker of the list's own level; what lies deeper is a list in the item. */
  private list(words: Words[]): Xml {
    const level = Math.min(...words.map(({ list }) => list!.level))
    const items: Words[][] = []
    for (const each of words) {
      const begins = each.list!.level === level && each.list!.marker !== undefined
      if (begins || items.length === 0) items.push([each])
      else items.at(-1)!.push(each)
    }
    const name = this.named('list')
    return element('blockList', name, ...items.map((item) => this.item(item, level)))
  }

  private item(words: Words[], level: number): Xml {
    const inner: Xml[] = []
    const name = this.named('item')
    for (let at = 0; at < words.length;) {
      const end = words.findIndex((next, place) => place >= at && next.list!.level <= level)
      const deeper = words.slice(at, end < 0 ? words.length : end)
      if (deeper.length > 0) inner.push(this.list(deeper))
      else inner.push(this.block(words[at]!))
      at += deeper.length || 1
    }
    const marker = words[0]!.list!.level === level ? words[0]!.list!.marker : undefined
    return element('item', name, ...(marker ? [element('num', {}, text(marker))] : []), ...inner)
  }

  private table({ rows }: Table): Xml {
    const span = (value: number) => (value > 1 ? value : undefined)
    const made = rows.map((row) =>
      element(
        'tr',
        {},
        ...row.map(({ isHeader, columns, rows: down, blocks }) => {
          const inner = this.blocks(blocks)
          const spans = { colspan: span(columns), rowspan: span(down) }
          return element(isHeader ? 'th' : 'td', spans, ...(inner.length > 0 ? inner : [element('p')]))
        }),
      ),
    )
    return element('table', this.named('table'), ...made)
  }

  private name(wanted: string, words: Words | undefined): Name {
    let eId = wanted
    for (let at = 2; this.taken.has(eId); at++) eId = `${wanted}-${at}`
    this.taken.add(eId)
    const wId = words?.id
    return { eId, ...(wId && !/\s/.test(wId) ? { wId } : {}) }
  }

  private count(kind: string): number {
    const next = (this.counts.get(kind) ?? 0) + 1
    this.counts.set(kind, next)
    return next
  }
}
