import type { Hand, HistoryParagraph, Mark, Run } from '@multilogue/shared/history'
import { cellBelow, type CellWay } from '@multilogue/shared/tables'
import * as Y from 'yjs'
import { attributeAt } from './attributes.js'
import type { Carried, Character } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { Formats, type Formatting } from './formats.js'
import { numberedAt } from './numbered.js'
import { FRAGMENT, nodesIn, signIn, wordsOf, type Words } from './words.js'

/** A run on the way: places in `Chronicle.writers` and log numbers instead of names and instants. */
interface Piece {
  text: string
  mark: Mark
  writer: number
  /** The newest row that brought any of it. */
  born: number
  /** Who removed it; -1 for nobody. */
  remover: number
  died: number
  moved: boolean
  formatting: Formatting
}

/**
 * Two points of a text as one, exact to the character. A word is kept, inserted or removed by whether it stood
 * at `from` and at `to`; with `from` and `to` the same it is the text at that point.
 */
export class Redline {
  constructor(
    private readonly chronicle: Chronicle,
    private readonly carried: Carried,
    private readonly from: number,
    private readonly to: number,
  ) {}

  paragraphs(): HistoryParagraph[] {
    return [
      ...this.below(this.chronicle.doc.getXmlFragment(FRAGMENT), 'kept', {
        isTop: true,
        isInListItem: false,
        cell: undefined,
      }),
    ]
  }

  private *below(parent: Y.XmlFragment, around: Mark, place: Place): Generator<HistoryParagraph> {
    let at = 0
    for (const [item, node] of nodesIn(parent)) {
      if (!(node instanceof Y.XmlElement)) continue
      const mark = within(around, this.fateOf(item))
      if (!mark) continue
      const { nodeName } = node
      if (nodeName === 'heading' || nodeName === 'paragraph') yield this.paragraph(item, node, mark, place)
      else
        yield* this.below(node, mark, {
          isTop: false,
          isInListItem: place.isInListItem || nodeName === 'listItem',
          cell: cellBelow(nodeName, this.spans(node, mark), place.cell, at, keyOf(item)),
        })
      at++
    }
  }

  private paragraph(item: Y.Item, node: Y.XmlElement, mark: Mark, place: Place): HistoryParagraph {
    const at = this.whenRead(mark)
    const id = attributeAt(this.chronicle, node, 'id', at)
    const level = Number(attributeAt(this.chronicle, node, 'level', at) ?? 1)
    return {
      key: keyOf(item),
      id: typeof id === 'string' ? id : '',
      kind: place.isInListItem ? 'listItem' : node.nodeName === 'heading' ? 'heading' : 'paragraph',
      ...(node.nodeName === 'heading' ? { level } : {}),
      ...(place.cell ? { cell: place.cell } : {}),
      ...(place.isTop ? numberedAt(this.chronicle, node, at) : {}),
      mark,
      runs: this.runs(node, mark),
    }
  }

  private spans(node: Y.XmlElement, mark: Mark): Record<string, unknown> {
    const spanned = (name: string) => attributeAt(this.chronicle, node, name, this.whenRead(mark))
    return { colspan: spanned('colspan'), rowspan: spanned('rowspan') }
  }

  /** The point at which the attributes of a node are looked at. */
  private whenRead(mark: Mark): number {
    return mark === 'removed' ? this.from : this.to
  }

  private runs(paragraph: Y.XmlElement, around: Mark): Run[] {
    const pieces: Piece[] = []
    const collect = (parent: Y.XmlFragment, outer: Mark): void => {
      for (const [item, node] of nodesIn(parent)) {
        const mark = within(outer, this.fateOf(item))
        if (!mark) continue
        if (node instanceof Y.XmlText) this.textPieces(node, mark, pieces)
        else if (signIn(node)) add(pieces, this.sign(item, signIn(node), mark))
        else collect(node, mark)
      }
    }
    collect(paragraph, around)
    return pieces.map((piece) => this.run(piece))
  }

  private textPieces(text: Y.XmlText, around: Mark, pieces: Piece[]): void {
    const formats = new Formats()
    for (let item = text._start; item !== null; item = item.right) {
      if (item.content instanceof Y.ContentFormat) {
        const [before, after] = [this.stoodAt(item, this.from), this.stoodAt(item, this.to)]
        formats.pass(item.content, before, after, () => this.handOfChange(item, after))
      }
      for (const words of wordsOf(this.chronicle, item)) {
        const { ledger, clock } = words
        const mark = within(around, fateOf(ledger.stoodAt(this.from, clock), ledger.stoodAt(this.to, clock)))
        if (mark) this.addWords(pieces, words, mark, formats.of(mark))
      }
    }
  }

  private addWords(pieces: Piece[], words: Words, mark: Mark, formatting: Formatting): void {
    const { client, clock, text, born, died } = words
    const whole = { text, born, moved: false, ...this.removal(mark, died), mark, formatting }
    if (!this.carried.concerns(client)) return add(pieces, { ...whole, writer: this.chronicle.writerOf(client, born) })
    for (let i = 0; i < text.length; i++) {
      const character = { client, clock: clock + i }
      const origin = this.carried.originOf(character)
      const typed = this.chronicle.ledger(origin.client).bornAt(origin.clock)
      const writer = this.chronicle.writerOf(origin.client, typed)
      add(pieces, { ...whole, text: text[i]!, writer, born: typed, moved: this.hasMoved(character, mark) })
    }
  }

  private hasMoved(character: Character, mark: Mark): boolean {
    if (mark === 'kept') return false
    const [next, at] =
      mark === 'inserted'
        ? [(c: Character) => this.carried.sourceOf(c), this.from]
        : [(c: Character) => this.carried.targetOf(c), this.to]
    for (let other = next(character); other; other = next(other))
      if (this.chronicle.ledger(other.client).stoodAt(at, other.clock)) return true
    return false
  }

  private sign(item: Y.Item, text: string, mark: Mark): Piece {
    const { client, clock } = item.id
    const ledger = this.chronicle.ledger(client)
    const born = ledger.bornAt(clock)
    const writer = this.chronicle.writerOf(client, born)
    const removal = this.removal(mark, ledger.diedAt(clock))
    return { text, mark, writer, born, ...removal, moved: false, formatting: new Formats().of(mark) }
  }

  /** Words inside a paragraph that went as a whole may have no removal of their own. */
  private removal(mark: Mark, died: number): Pick<Piece, 'remover' | 'died'> {
    return mark === 'removed' && died > 0
      ? { remover: this.chronicle.row(died).writer, died }
      : { remover: -1, died: 0 }
  }

  private run({ text, mark, writer, born, remover, died, moved, formatting }: Piece): Run {
    const { formats, brackets, reformatted } = formatting
    return {
      text,
      mark,
      written: this.hand(writer, born),
      ...(remover >= 0 ? { removed: this.hand(remover, died) } : {}),
      ...(moved ? { moved: true as const } : {}),
      ...(formats ? { formats } : {}),
      ...(brackets ? { brackets } : {}),
      ...(reformatted ? { reformatted } : {}),
    }
  }

  private handOfChange(item: Y.Item, stands: boolean): Hand {
    const { client, clock } = item.id
    const ledger = this.chronicle.ledger(client)
    const no = stands ? ledger.bornAt(clock) : ledger.diedAt(clock)
    return this.hand(stands ? this.chronicle.writerOf(client, no) : this.chronicle.row(no).writer, no)
  }

  private hand(writer: number, no: number): Hand {
    const { code, personId, seatId } = this.chronicle.writers[writer]!
    return { code, personId, seatId, at: new Date(this.chronicle.row(no).at).toISOString() }
  }

  private stoodAt({ id: { client, clock } }: Y.Item, no: number): boolean {
    return this.chronicle.ledger(client).stoodAt(no, clock)
  }

  private fateOf(item: Y.Item): Mark | null {
    return fateOf(this.stoodAt(item, this.from), this.stoodAt(item, this.to))
  }
}

/** Where a node stands. */
interface Place {
  /** Only top paragraphs have numbers. */
  isTop: boolean
  isInListItem: boolean
  cell: CellWay
}

const keyOf = ({ id: { client, clock } }: Y.Item): string => `${client}:${clock}`

/** What a node's fate amounts to inside a parent of another fate. */
function within(around: Mark, own: Mark | null): Mark | null {
  if (around === 'kept' || own === null || own === around) return own
  return own === 'kept' ? around : null
}

function fateOf(before: boolean, after: boolean): Mark | null {
  if (before) return after ? 'kept' : 'removed'
  return after ? 'inserted' : null
}

/** Adds a piece, to the one before it when they differ in nothing but the row. */
function add(pieces: Piece[], piece: Piece): void {
  const last = pieces.at(-1)
  const isMore =
    last !== undefined &&
    last.mark === piece.mark &&
    last.writer === piece.writer &&
    last.remover === piece.remover &&
    last.moved === piece.moved &&
    last.formatting.key === piece.formatting.key
  if (!isMore) return void pieces.push(piece)
  last.text += piece.text
  last.born = Math.max(last.born, piece.born)
  last.died = Math.max(last.died, piece.died)
}
