/** Rows that are made ready above and below those in sight, and by how many the window moves at a time. */
const MARGIN = 12
const STEP = 6

/** Which rows of a long list are in sight. How tall they are is learned as they are shown. */
export class Sight {
  /** Of the box that scrolls. */
  scrolled = $state(0)
  tall = $state(600)
  #guess = $state(60)
  #isGuessed = false
  #measured = $state(0)
  #known: Partial<Record<string, number>> = {}
  /** Where each row begins, and where the last one ends. */
  readonly #tops = $derived.by(() => this.#topsOf(this.ids(), this.total(), this.#measured))
  readonly start = $derived(Math.max(0, Math.floor((this.#at(this.scrolled) - MARGIN) / STEP) * STEP))
  readonly end = $derived(
    Math.min(this.#tops.length - 1, Math.ceil((this.#at(this.scrolled + this.tall) + MARGIN) / STEP) * STEP),
  )

  /**
   * @param ids  of the rows that are there, from the first on
   * @param total  how many there will be
   */
  constructor(
    private readonly ids: () => string[],
    private readonly total: () => number,
  ) {}

  top(index: number): number {
    return this.#tops[Math.min(index, this.#tops.length - 1)]!
  }

  /** @returns by how much what is in sight was moved by rows above it that are not as tall as was thought */
  learn(rows: Iterable<[id: string, tall: number]>): number {
    const first = this.#at(this.scrolled)
    const before = this.top(first)
    const news = [...rows].filter(([id, tall]) => Math.abs((this.#known[id] ?? 0) - tall) > 0.5)
    if (news.length === 0) return 0
    if (!this.#isGuessed) this.#guess = news.reduce((sum, [, tall]) => sum + tall, 0) / news.length
    this.#isGuessed = true
    for (const [id, tall] of news) this.#known[id] = tall
    this.#measured++
    return first === 0 ? 0 : this.top(first) - before
  }

  /** Nothing is as tall as it was. */
  forget(): void {
    this.#known = {}
    this.#isGuessed = false
    this.#measured++
  }

  #topsOf(ids: string[], total: number, _measured: number): Float64Array {
    const tops = new Float64Array(total + 1)
    for (let at = 0; at < total; at++) {
      const id = ids[at]
      tops[at + 1] = tops[at]! + (id === undefined ? this.#guess : (this.#known[id] ?? this.#guess))
    }
    return tops
  }

  /** The row at that height. */
  #at(height: number): number {
    let [low, high] = [0, Math.max(0, this.#tops.length - 2)]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#tops[middle]! <= height) low = middle
      else high = middle - 1
    }
    return low
  }
}
