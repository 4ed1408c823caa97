/**
 * For every clock of one Yjs client: the log number of the row that brought it and of the row that removed it.
 * 0 stands for never. Clocks count UTF-16 code units in texts and single nodes elsewhere.
 */
export class Ledger {
  private born = new Uint32Array(64)
  private died = new Uint32Array(64)
  private known = 0

  /** How many clocks are known; they count from 0 without gaps. */
  get length(): number {
    return this.known
  }

  /** All clocks below `until` that were not known before came with row `no`. */
  bear(until: number, no: number): void {
    if (until <= this.known) return
    if (until > this.born.length) this.grow(until)
    this.born.fill(no, this.known, until)
    this.known = until
  }

  /** The known clocks of the range were removed by row `no`, unless an earlier row had removed them. */
  bury(from: number, until: number, no: number): void {
    const end = Math.min(until, this.known)
    for (let clock = from; clock < end; clock++) if (this.died[clock] === 0) this.died[clock] = no
  }

  bornAt(clock: number): number {
    return this.born[clock] ?? 0
  }

  diedAt(clock: number): number {
    return this.died[clock] ?? 0
  }

  stoodAt(no: number, clock: number): boolean {
    const died = this.diedAt(clock)
    return this.bornAt(clock) <= no && (died === 0 || died > no)
  }

  /** The end of the longest run of clocks from `from` on, below `until`, that came and went with the same rows. */
  sameUntil(from: number, until: number): number {
    const born = this.born[from]
    const died = this.died[from]
    let end = from + 1
    while (end < until && this.born[end] === born && this.died[end] === died) end++
    return end
  }

  private grow(atLeast: number): void {
    const size = Math.max(atLeast, this.born.length * 2)
    const [born, died] = [new Uint32Array(size), new Uint32Array(size)]
    born.set(this.born)
    died.set(this.died)
    this.born = born
    this.died = died
  }
}
