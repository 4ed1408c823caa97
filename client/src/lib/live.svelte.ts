import type { Happening } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import { untrack } from 'svelte'
import { isPassing, problemOf } from './api'
import { patience } from './patience'
import { connection } from './realtime/connection.svelte'

/** Of what happens in a row, one answer tells all. */
const GATHERING_MS = 50

interface Options {
  stream: () => string | undefined
  concerns: (happening: Happening) => boolean
  /** How late what happened may be shown, in milliseconds; all of that time is fetched once. */
  within?: number
  /** What is more urgent on a thin line, and is fetched before. */
  after?: Promise<void> | undefined
}

/** Data of the server that stays true while it is shown: fetched, and fetched anew when something concerns it. */
export class Live<T> {
  #data = $state.raw<T>()
  #problem = $state.raw<Problem>()
  #loading = $state(true)
  /** Counts the times that it was stopped: what was asked before is of no use any more. */
  #stopped = 0
  /** The fetch that is under way, and the one that begins when it has ended. */
  #running: Promise<void> | undefined
  #next: Promise<void> | undefined
  #failures = 0
  #arrive!: () => void
  /** Once there is a first answer, be it a problem. */
  readonly arrived = new Promise<void>((resolve) => (this.#arrive = resolve))
  #timer: ReturnType<typeof setTimeout> | undefined
  /** When the timer ends, in milliseconds since 1970. */
  #due = 0
  #stop: (() => void) | undefined

  constructor(
    private readonly load: () => Promise<T>,
    private readonly options: Options,
  ) {}

  get #within(): number {
    return this.options.within ?? GATHERING_MS
  }
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
      const deaf = connection.listen(
        stream,
        (happening) => this.options.concerns(happening) && this.#soon(this.#within),
      )
      const settled = connection.onReset(stream, () => this.#soon(this.#within))
      this.#stop = () => (deaf(), settled())
    }
    void this.reload()
  }

  stop(): void {
    this.#stop?.()
    clearTimeout(this.#timer)
    this.#timer = this.#running = this.#next = undefined
    this.#stopped++
  }

  /** Resolves when what is shown is no older than this call, or could not be fetched. */
  reload(): Promise<void> {
    // An answer that is under way may be older than what happened since: it is shown, and asked for once more.
    const stopped = this.#stopped
    if (this.#running)
      return (this.#next ??= this.#running.then(() => (stopped === this.#stopped ? this.#run() : undefined)))
    return this.#run()
  }

  #run(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = this.#next = undefined
    return (this.#running = this.#fetch())
  }

  async #fetch(): Promise<void> {
    const stopped = this.#stopped
    this.#loading = true
    const { data, problem } = await this.#answer()
    if (stopped !== this.#stopped) return
    if (!problem) this.#data = data
    this.#problem = problem
    this.#running = undefined
    this.#arrive()
    if (this.#next) return
    this.#loading = false
    this.#failures = problem ? this.#failures + 1 : 0
    // Nobody will tell that the server is back, or the line.
    if (problem && isPassing(problem)) this.#soon(patience(this.#failures))
  }

  async #answer(): Promise<{ data?: T; problem?: Problem }> {
    try {
      await this.options.after
      return { data: await this.load() }
    } catch (thrown) {
      return { problem: problemOf(thrown) }
    }
  }

  /** Fetches within `ms`; what happens meanwhile is fetched with it, and puts it off no longer. */
  #soon(ms: number): void {
    const due = Date.now() + ms
    if (this.#timer !== undefined && this.#due <= due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => void this.reload(), ms)
  }
}

/** A `Live` that runs as long as the component; call it while the component is set up. */
export function live<T>(load: () => Promise<T>, options: Options): Live<T> {
  const data = new Live(load, options)
  $effect(() => {
    options.stream()
    untrack(() => data.start())
    return () => data.stop()
  })
  return data
}
