const PER_MS = 20
const MOST_MS = 5000

/** Latencies in steps of 0.05 ms up to 5 s; what is longer counts as 5 s. */
export class Histogram {
  #counts = new Uint32Array(PER_MS * MOST_MS + 1)
  count = 0
  max = 0

  add(ms) {
    this.#counts[Math.min(Math.max(Math.round(ms * PER_MS), 0), PER_MS * MOST_MS)] += 1
    this.count += 1
    if (ms > this.max) this.max = ms
  }

  addAll(other) {
    other.#counts.forEach((count, at) => (this.#counts[at] += count))
    this.count += other.count
    this.max = Math.max(this.max, other.max)
  }

  /** @param share 0.5 for the median; milliseconds, or null when nothing was counted */
  quantile(share) {
    if (this.count === 0) return null
    let left = Math.max(1, Math.ceil(this.count * share))
    for (let i = 0; i < this.#counts.length; i++) {
      left -= this.#counts[i]
      if (left <= 0) return i / PER_MS
    }
    return MOST_MS
  }
}
