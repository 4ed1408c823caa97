const TICK_MS = 250

/** The server's clock as this browser knows it, whatever its own says. Timers are read from it and never counted. */
class ServerClock {
  /** By how many milliseconds the server is ahead. */
  #ahead = 0
  #nearest = Infinity
  #now = $state(Date.now())
  #readers = 0
  #timer: ReturnType<typeof setInterval> | undefined

  get now(): number {
    return this.#now
  }

  /**
   * @param askedAt  by this browser's clock. The quicker an answer came, the better it tells the time.
   */
  hear(instant: string, askedAt: number): void {
    const heardAt = Date.now()
    const took = heardAt - askedAt
    // What was measured long ago may be wrong since the computer slept.
    if (took > this.#nearest * 2) {
      this.#nearest *= 1.5
      return
    }
    this.#nearest = Math.max(took, 1)
    this.#ahead = Date.parse(instant) - (askedAt + heardAt) / 2
    this.#read()
  }

  /** Runs while somebody looks. @returns how to stop */
  run(): () => void {
    this.#readers++
    this.#timer ??= setInterval(() => this.#read(), TICK_MS)
    this.#read()
    return () => {
      if (--this.#readers > 0) return
      clearInterval(this.#timer)
      this.#timer = undefined
    }
  }

  #read(): void {
    this.#now = Date.now() + this.#ahead
  }
}

export const serverClock = new ServerClock()
