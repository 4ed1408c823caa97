import type { Element } from '@xmldom/xmldom'
import type { MarkName } from './manuscript.js'
import type { LeftOut, RawChange, RawRun } from './raw.js'
import { attributeOf, childOf, elementsOf, isOn } from './xml.js'

const CHANGES: Record<string, RawChange['kind']> = {
  ins: 'inserted',
  moveTo: 'inserted',
  del: 'removed',
  moveFrom: 'removed',
}
const LEFT_OUT: Record<string, LeftOut> = {
  drawing: 'pictures',
  pict: 'pictures',
  object: 'pictures',
  commentReference: 'comments',
  txbxContent: 'textBoxes',
  oMath: 'equations',
  oMathPara: 'equations',
}
const SWITCHES: [string, MarkName][] = [
  ['b', 'bold'],
  ['i', 'italic'],
  ['u', 'underline'],
  ['strike', 'strike'],
]
const SIGNS: Record<string, string> = { tab: '\t', cr: '\n', noBreakHyphen: '\u2011', softHyphen: '\u00ad' }

/** The words of paragraphs, with marks, notes and tracked changes. */
export class Runs {
  readonly leftOut = new Map<LeftOut, number>()

  constructor(
    private readonly footnotes = new Map<string, string>(),
    private readonly endnotes = new Map<string, string>(),
  ) {}

  of(paragraph: Element): RawRun[] {
    const runs: RawRun[] = []
    this.collect(paragraph, undefined, runs)
    return runs
  }

  private collect(parent: Element, change: RawChange | undefined, runs: RawRun[]): void {
    for (const element of elementsOf(parent)) {
      const name = element.localName ?? ''
      const kind = CHANGES[name]
      // What one inserted and another removed stands in neither text.
      if (kind && change) continue
      if (name === 'r') this.run(element, change, runs)
      else if (LEFT_OUT[name]) this.leaveOut(LEFT_OUT[name])
      else if (!name.endsWith('Pr')) this.collect(element, kind ? changeOf(element, kind) : change, runs)
    }
  }

  private run(element: Element, change: RawChange | undefined, runs: RawRun[]): void {
    const properties = childOf(element, 'rPr')
    if (isOn(properties, 'vanish')) return
    const marks = SWITCHES.filter(([name]) => isOn(properties, name)).map(([, mark]) => mark)
    const add = (text: string) => {
      const last = runs.at(-1)
      if (last && 'text' in last && sameAs(last, marks, change)) last.text += text
      else if (text) runs.push({ text, marks, ...(change ? { change } : {}) })
    }
    for (const part of elementsOf(element)) {
      const name = part.localName ?? ''
      if (name === 't' || name === 'delText') add(part.textContent ?? '')
      else if (name === 'br') add(attributeOf(part, 'type') === 'page' ? '' : '\n')
      else if (SIGNS[name]) add(SIGNS[name])
      else if (name === 'footnoteReference' || name === 'endnoteReference') {
        const notes = name === 'footnoteReference' ? this.footnotes : this.endnotes
        const footnote = notes.get(attributeOf(part, 'id') ?? '')
        if (footnote) runs.push({ footnote, ...(change ? { change } : {}) })
      } else if (name === 'AlternateContent') this.leaveOut('pictures')
      else if (LEFT_OUT[name]) this.leaveOut(LEFT_OUT[name])
    }
  }

  private leaveOut(what: LeftOut): void {
    this.leftOut.set(what, (this.leftOut.get(what) ?? 0) + 1)
  }
}

export function changeOf(element: Element, kind: RawChange['kind']): RawChange {
  const at = Date.parse(attributeOf(element, 'date') ?? '')
  return {
    kind,
    author: (attributeOf(element, 'author') ?? '').trim().slice(0, 200),
    at: Number.isNaN(at) ? null : new Date(at).toISOString(),
  }
}

const sameAs = (
  run: { marks: MarkName[]; change?: RawChange },
  marks: MarkName[],
  change: RawChange | undefined,
): boolean =>
  run.marks.join() === marks.join() &&
  run.change?.kind === change?.kind &&
  run.change?.author === change?.author &&
  run.change?.at === change?.at
