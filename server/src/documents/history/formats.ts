import { BRACKET, bracketIds } from '@multilogue/shared/brackets'
import type { Hand, Mark, Run } from '@multilogue/shared/history'
import type * as Y from 'yjs'

/** What a run says about its formats; equal ones have the same `key`. */
export interface Formatting extends Pick<Run, 'formats' | 'reformatted' | 'brackets'> {
  key: string
}

const PLAIN: Formatting = { key: '' }

/** The formats that hold at a place of a text, at two points of its life, gathered while walking through it. */
export class Formats {
  private readonly before = new Set<string>()
  private readonly after = new Set<string>()
  /** The brackets that stand around the place at the later point. */
  private brackets: string[] = []
  private readonly changedBy = new Map<string, Hand>()
  private readonly known = new Map<Mark, Formatting>()

  /**
   * A mark where a format begins or, with the value null, ends.
   * @param by who set or removed the mark; asked only when it stood at one of the two points
   */
  pass({ key, value }: Y.ContentFormat, stoodBefore: boolean, standsAfter: boolean, by: () => Hand): void {
    // Formats that may lie over each other carry a hash: `comment--3f2a`.
    const name = key.split('--')[0] ?? key
    if (stoodBefore) turn(this.before, name, value)
    if (standsAfter) turn(this.after, name, value)
    if (standsAfter && name === BRACKET) this.brackets = bracketIds(value)
    if (stoodBefore !== standsAfter) this.changedBy.set(name, by())
    this.known.clear()
  }

  of(mark: Mark): Formatting {
    if (this.before.size === 0 && this.after.size === 0) return PLAIN
    const known = this.known.get(mark) ?? this.work(mark)
    this.known.set(mark, known)
    return known
  }

  private work(mark: Mark): Formatting {
    const [before, after] = [[...this.before].sort(), [...this.after].sort()]
    const formats = mark === 'removed' ? before : after
    const isOther = (format: string) => this.before.has(format) !== this.after.has(format)
    const brackets = mark === 'removed' ? [] : this.brackets
    const changed = mark === 'kept' ? [...before, ...after].find(isOther) : undefined
    const by = changed === undefined ? undefined : this.changedBy.get(changed)
    return {
      key: `${formats.join()} ${brackets.join()} ${by ? `${before.join()} ${by.personId} ${by.seatId}` : ''}`.trim(),
      ...(formats.length > 0 ? { formats } : {}),
      ...(brackets.length > 0 ? { brackets } : {}),
      ...(by ? { reformatted: { before, by } } : {}),
    }
  }
}

function turn(formats: Set<string>, name: string, value: unknown): void {
  if (value === null) formats.delete(name)
  else formats.add(name)
}
