/** Of the page's time; drawing what came takes about twice as much again, and the rest is for whoever types here. */
const SHARE = 1 / 12
/** So short that nobody gains by waiting. */
const AT_ONCE_MS = 8
const LONGEST_MS = 100
/** A key of one's own is in view, and the next is still on its way: few type faster than one in 60 ms. */
const AFTER_KEY_MS = 20
/** Whoever has not typed for so long has stopped. */
const PAUSE_MS = 200

/**
 * What others write and where they are, taken in as often as the page has time for: at once while that is quick, and
 * in a long text together with what comes meanwhile. It costs the same for one key as for twenty. While somebody types
 * here it is taken in right behind their keys, so that the next one need not wait for it.
 */
export class Pace {
  private waiting: (() => void)[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private free = 0
  private isQuick = true
  private typing = 0

  /**
   * @param together  runs what it is given as one
   * @param onfailed  something could not be taken in; what came with it has been
   */
  constructor(
    private readonly together: (work: () => void) => void,
    private readonly onfailed: () => void,
  ) {}

  add(work: () => void): void {
    this.waiting.push(work)
    const wait = Math.max(this.free, this.isQuick ? 0 : this.typing) - performance.now()
    if (wait < AT_ONCE_MS) return this.flush()
    this.timer ??= setTimeout(() => this.flush(), wait)
  }

  /** A key was typed here. */
  typed(): void {
    this.typing = performance.now() + PAUSE_MS
    if (this.isQuick || this.waiting.length === 0) return
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.flush(), AFTER_KEY_MS)
  }

  /** For what must not come before the rest. */
  flush(): void {
    this.stop()
    const began = performance.now()
    const works = this.waiting.splice(0)
    if (works.length === 0) return
    let failed = false
    this.together(() => {
      for (const work of works)
        try {
          work()
        } catch {
          failed = true
        }
    })
    const ended = performance.now()
    const rest = (ended - began) * (1 / SHARE - 1)
    this.isQuick = rest < AT_ONCE_MS
    this.free = ended + Math.min(rest, LONGEST_MS)
    if (failed) this.onfailed()
  }

  stop(): void {
    clearTimeout(this.timer)
    this.timer = undefined
  }
}
