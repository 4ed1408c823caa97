import type { Happening } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import { untrack } from 'svelte'
import { problemOf } from './api'
import { connection } from './realtime/connection.svelte'

interface Options<T> {
  stream: () => string | undefined
  concerns: (happening: Happening) => boolean
  /** Changes the data in place of a fetch; undefined: fetch anew. */
  onHappening?: (happening: Happening, data: T) => T | undefined
  /** What is more urgent on a thin line, and is fetched before. */
  after?: Promise<void> | undefined
}

/** Data of the server that stays true while it is shown: fetched, and fetched anew when something concerns it. */
export class Live<T> {
  #data = $state.raw<T>()
  #problem = $state.raw<Problem>()
  #loading = $state(true)
  #asked = 0
  /** Counts the times that it was stopped: what was asked before is of no use any more. */
  #stopped = 0
  #arrive!: () => void
  /** Once there is a first answer, be it a problem. */
  readonly arrived = new Promise<void>((resolve) => (this.#arrive = resolve))
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: (() => void) | undefined

  constructor(
    private readonly load: () => Promise<T>,
    private readonly options: Options<T>,
  ) {}

  get data(): T | undefined {
    return this.#data
  }
  get problem(): Problem | undefined {
    return this.#problem
  }
  get loading(): boolean {
    return this.#loading
  }
  /** Shown, but perhaps not the latest any more. */
  get stale(): boolean {
    return this.#data !== undefined && (this.#problem !== undefined || connection.state === 'offline')
  }

  start(): void {
    const stream = this.options.stream()
    if (stream) {
      const deaf = connection.listen(stream, (happening) => this.#hear(happening))
      const settled = connection.onReset(stream, () => this.#soon())
      this.#stop = () => (deaf(), settled())
    }
    void this.reload()
  }

  stop(): void {
    this.#stop?.()
    clearTimeout(this.#timer)
    this.#stopped++
  }

  async reload(): Promise<void> {
    const asked = ++this.#asked
    const stopped = this.#stopped
    const isNewest = () => asked === this.#asked && stopped === this.#stopped
    this.#loading = true
    try {
      await this.options.after
      const data = await this.load()
      // Something to read at once, though it is asked for anew already.
      const isFirst = this.#data === undefined && stopped === this.#stopped
      if (!isNewest() && !isFirst) return
      this.#data = data
      this.#problem = undefined
    } catch (thrown) {
      if (!isNewest()) return
      this.#problem = problemOf(thrown)
    } finally {
      this.#arrive()
    }
    if (isNewest()) this.#loading = false
  }

  #hear(happening: Happening): void {
    if (!this.options.concerns(happening)) return
    const changed = this.#data && this.options.onHappening?.(happening, this.#data)
    if (changed !== undefined) this.#data = changed
    // An answer that is under way may be older than the change.
    if (changed === undefined || this.#loading) this.#soon()
  }

  #soon(): void {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => void this.reload(), 50)
  }
}

/** A `Live` that runs as long as the component; call it while the component is set up. */
export function live<T>(load: () => Promise<T>, options: Options<T>): Live<T> {
  const data = new Live(load, options)
  $effect(() => {
    options.stream()
    untrack(() => data.start())
    return () => data.stop()
  })
  return data
}
