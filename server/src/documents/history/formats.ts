import type { Hand, Mark, Run } from '@multilogue/shared/history'
import type * as Y from 'yjs'

/** The formats that hold at a place of a text, at two points of its life, gathered while walking through it. */
export class Formats {
  private readonly before = new Set<string>()
  private readonly after = new Set<string>()
  private readonly changedBy = new Map<string, Hand>()

  /**
   * A mark where a format begins or, with the value null, ends.
   * @param by who set or removed the mark; asked only when it stood at one of the two points
   */
  pass({ key, value }: Y.ContentFormat, stoodBefore: boolean, standsAfter: boolean, by: () => Hand): void {
    // Formats that may lie over each other carry a hash: `comment--3f2a`.
    const name = key.split('--')[0] ?? key
    if (stoodBefore) turn(this.before, name, value)
    if (standsAfter) turn(this.after, name, value)
    if (stoodBefore !== standsAfter) this.changedBy.set(name, by())
  }

  of(mark: Mark): Pick<Run, 'formats' | 'reformatted'> {
    const [before, after] = [[...this.before].sort(), [...this.after].sort()]
    const formats = mark === 'removed' ? before : after
    const changed =
      mark === 'kept' ? [...before, ...after].find((f) => this.before.has(f) !== this.after.has(f)) : undefined
    const by = changed === undefined ? undefined : this.changedBy.get(changed)
    return { ...(formats.length > 0 ? { formats } : {}), ...(by ? { reformatted: { before, by } } : {}) }
  }
}

function turn(formats: Set<string>, name: string, value: unknown): void {
  if (value === null) formats.delete(name)
  else formats.add(name)
}
