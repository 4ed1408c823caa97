/** Clocks `from` to `until` (not included), all of one fate. */
interface Run {
  from: number
  until: number
  no: number
}

/**
 * For every clock of one Yjs client: the log number of the row that brought it and of the row that removed it.
 * 0 stands for never. Clocks count UTF-16 code units in texts and single nodes elsewhere.
 *
 * Kept as runs: an update of a few bytes can stand for four thousand million clocks.
 */
export class Ledger {
  private readonly births: Run[] = []
  private readonly deaths: Run[] = []

  /** How many clocks are known; they count from 0 without gaps. */
  get length(): number {
    return this.births.at(-1)?.until ?? 0
  }

  /** All clocks below `until` that were not known before came with row `no`. */
  bear(until: number, no: number): void {
    const from = this.length
    if (until <= from) return
    const last = this.births.at(-1)
    if (last?.no === no) last.until = until
    else this.births.push({ from, until, no })
  }

  /** The known clocks of the range were removed by row `no`, unless an earlier row had removed them. */
  bury(from: number, until: number, no: number): void {
    const end = Math.min(until, this.length)
    if (from >= end) return
    const first = indexAfter(this.deaths, from)
    const runs: Run[] = []
    let clock = from
    let next = first
    for (let run = this.deaths[next]; run !== undefined && run.from < end; run = this.deaths[++next]) {
      if (clock < run.from) runs.push({ from: clock, until: run.from, no })
      runs.push(run)
      clock = run.until
    }
    if (clock < end) runs.push({ from: clock, until: end, no })
    const [before, start] = [this.deaths[first - 1], runs[0]]
    if (before !== undefined && before.until === start?.from && before.no === start.no) {
      before.until = start.until
      runs.shift()
    }
    this.deaths.splice(first, next - first, ...runs)
  }

  bornAt(clock: number): number {
    return runAt(this.births, clock)?.no ?? 0
  }

  diedAt(clock: number): number {
    return runAt(this.deaths, clock)?.no ?? 0
  }

  stoodAt(no: number, clock: number): boolean {
    const died = this.diedAt(clock)
    return this.bornAt(clock) <= no && (died === 0 || died > no)
  }

  /** The end of the longest run of clocks from `from` on, below `until`, that came and went with the same rows. */
  sameUntil(from: number, until: number): number {
    const born = runAt(this.births, from)?.until ?? until
    const death = this.deaths[indexAfter(this.deaths, from)]
    const died = death === undefined ? until : death.from > from ? death.from : death.until
    return Math.min(until, born, died)
  }
}

/** The index of the first run that ends after `clock`. */
function indexAfter(runs: Run[], clock: number): number {
  let low = 0
  let high = runs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((runs[middle]?.until ?? 0) > clock) high = middle
    else low = middle + 1
  }
  return low
}

function runAt(runs: Run[], clock: number): Run | undefined {
  const run = runs[indexAfter(runs, clock)]
  return run !== undefined && run.from <= clock ? run : undefined
}
