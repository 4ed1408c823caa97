import type { Hand, HistoryParagraph, Mark, Run } from '@multilogue/shared/history'
import * as Y from 'yjs'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { Formats } from './formats.js'
import { FRAGMENT, nodesIn, wordsOf, type Words } from './words.js'

/** A piece of a text on the way to a run: places in `Chronicle.writers` and log numbers instead of names. */
interface Piece {
  text: string
  mark: Mark
  writer: number
  born: number
  /** 0: not removed. */
  died: number
  moved: boolean
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
    return [...this.below(this.chronicle.doc.getXmlFragment(FRAGMENT), 'kept', false)]
  }

  private *below(parent: Y.XmlFragment, around: Mark, isInListItem: boolean): Generator<HistoryParagraph> {
    for (const [item, node] of nodesIn(parent)) {
      if (!(node instanceof Y.XmlElement)) continue
      const mark = within(around, this.fateOf(item))
      if (!mark) continue
      const { nodeName } = node
      if (nodeName !== 'heading' && nodeName !== 'paragraph')
        yield* this.below(node, mark, isInListItem || nodeName === 'listItem')
      else yield this.paragraph(item, node, mark, isInListItem ? 'listItem' : nodeName)
    }
  }

  private paragraph(item: Y.Item, node: Y.XmlElement, mark: Mark, kind: HistoryParagraph['kind']): HistoryParagraph {
    const at = mark === 'removed' ? this.from : this.to
    const id = this.attributeAt(node, 'id', at)
    const level = Number(this.attributeAt(node, 'level', at) ?? 1)
    return {
      key: `${item.id.client}:${item.id.clock}`,
      id: typeof id === 'string' ? id : '',
      kind,
      ...(node.nodeName === 'heading' ? { level } : {}),
      mark,
      runs: this.runs(node, mark),
    }
  }

  private runs(paragraph: Y.XmlElement, around: Mark): Run[] {
    const runs: Run[] = []
    const collect = (parent: Y.XmlFragment, outer: Mark): void => {
      for (const [item, node] of nodesIn(parent)) {
        const mark = within(outer, this.fateOf(item))
        if (!mark) continue
        if (node instanceof Y.XmlText) this.textRuns(node, mark, runs)
        else if (node.nodeName === 'hardBreak') add(runs, this.run(this.lineBreak(item, mark)))
        else collect(node, mark)
      }
    }
    collect(paragraph, around)
    return runs
  }

  private textRuns(text: Y.XmlText, around: Mark, runs: Run[]): void {
    const formats = new Formats()
    for (let item = text._start; item !== null; item = item.right) {
      if (item.content instanceof Y.ContentFormat) {
        const [before, after] = [this.stoodAt(item, this.from), this.stoodAt(item, this.to)]
        formats.pass(item.content, before, after, () => this.handOfChange(item, after))
      }
      for (const words of wordsOf(this.chronicle, item)) {
        const mark = within(
          around,
          this.fate(words.ledger.stoodAt(this.from, words.clock), words.ledger.stoodAt(this.to, words.clock)),
        )
        if (!mark) continue
        for (const piece of this.pieces(words, mark)) add(runs, { ...this.run(piece), ...formats.of(mark) })
      }
    }
  }

  /** Words that were carried are cut where they come from, or go to, different writers. */
  private *pieces({ client, clock, text, born, died }: Words, mark: Mark): Generator<Piece> {
    const whole = { text, mark, writer: this.chronicle.writerOf(client, born), born, died, moved: false }
    if (!this.carried.concerns(client)) return void (yield whole)
    let piece: Piece | undefined
    for (let i = 0; i < text.length; i++) {
      const character = { client, clock: clock + i }
      const origin = this.carried.originOf(character)
      const originBorn = this.chronicle.ledger(origin.client).bornAt(origin.clock)
      const writer = this.chronicle.writerOf(origin.client, originBorn)
      const moved = this.hasMoved(character, mark)
      if (piece && piece.writer === writer && piece.born === originBorn && piece.moved === moved) piece.text += text[i]
      else {
        if (piece) yield piece
        piece = { ...whole, text: text[i]!, writer, born: originBorn, moved }
      }
    }
    if (piece) yield piece
  }

  private hasMoved(character: { client: number; clock: number }, mark: Mark): boolean {
    if (mark === 'kept') return false
    const [next, at] =
      mark === 'inserted'
        ? [(c: typeof character) => this.carried.sourceOf(c), this.from]
        : [(c: typeof character) => this.carried.targetOf(c), this.to]
    for (let other = next(character); other; other = next(other))
      if (this.chronicle.ledger(other.client).stoodAt(at, other.clock)) return true
    return false
  }

  private lineBreak(item: Y.Item, mark: Mark): Piece {
    const { client, clock } = item.id
    const ledger = this.chronicle.ledger(client)
    const [born, died] = [ledger.bornAt(clock), ledger.diedAt(clock)]
    return { text: '\n', mark, writer: this.chronicle.writerOf(client, born), born, died, moved: false }
  }

  private run({ text, mark, writer, born, died, moved }: Piece): Run {
    return {
      text,
      mark,
      written: this.hand(writer, born),
      // Words inside a paragraph that went as a whole may have no removal of their own.
      ...(mark === 'removed' && died > 0 ? { removed: this.hand(this.chronicle.row(died).writer, died) } : {}),
      ...(moved ? { moved: true as const } : {}),
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
    return this.fate(this.stoodAt(item, this.from), this.stoodAt(item, this.to))
  }

  private fate(before: boolean, after: boolean): Mark | null {
    if (before) return after ? 'kept' : 'removed'
    return after ? 'inserted' : null
  }

  /** An attribute's values stand in a row, each newer one to the right. */
  private attributeAt(node: Y.XmlElement, name: string, no: number): unknown {
    let item = node._map.get(name) ?? null
    while (item !== null && this.chronicle.ledger(item.id.client).bornAt(item.id.clock) > no) item = item.left
    if (item === null || !this.stoodAt(item, no)) return undefined
    return item.content.getContent()[item.length - 1] as unknown
  }
}

/** What a node's fate amounts to inside a parent of another fate. */
function within(around: Mark, own: Mark | null): Mark | null {
  if (around === 'kept' || own === null || own === around) return own
  return own === 'kept' ? around : null
}

/** Adds a run to the ones before, joined with the last one when they differ in nothing but the instant. */
function add(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (!last || fingerprint(last) !== fingerprint(run)) return void runs.push(run)
  last.text += run.text
  if (run.written.at > last.written.at) last.written = run.written
  if (run.removed && last.removed && run.removed.at > last.removed.at) last.removed = run.removed
}

const who = (hand?: Hand): string => (hand ? `${hand.personId} ${hand.seatId}` : '')
const fingerprint = ({ mark, written, removed, moved, formats, reformatted }: Run): string =>
  [mark, who(written), who(removed), moved, formats, reformatted?.before, who(reformatted?.by)].join('|')
