import type { Happening } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import { untrack } from 'svelte'
import { problemOf } from './api'
import { Patience } from './patience'
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
  readonly #patience = new Patience(() => void this.reload())
  #arrive!: () => void
  /** Once there is a first answer, be it a problem. */
  readonly arrived = new Promise<void>((resolve) => (this.#arrive = resolve))
  #timer: ReturnType<typeof setTimeout> | undefined
  #stop: (() => void) | undefined

  constructor(
    private readonly load: () => Promise<T>,
    private readonly options: Options,
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
      const deaf = connection.listen(stream, (happening) => this.options.concerns(happening) && this.#soon())
      const settled = connection.onReset(stream, () => this.#soon())
      this.#stop = () => (deaf(), settled())
    }
    void this.reload()
  }

  stop(): void {
    this.#stop?.()
    this.#rest()
    this.#running = this.#next = undefined
    this.#stopped++
  }

  /** Resolves when what is shown is no older than this call, or could not be fetched. */
  reload(): Promise<void> {
    if (this.#next) return this.#next
    if (!this.#running) return this.#run()
    // An answer that is under way may be older than what happened since: it is shown, and asked for once more.
    const stopped = this.#stopped
    return (this.#next = this.#running.then(() => (stopped === this.#stopped ? this.#run() : undefined)))
  }

  #run(): Promise<void> {
    this.#rest()
    this.#next = undefined
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
    if (problem) this.#patience.failed(problem)
    else this.#patience.succeeded()
  }

  async #answer(): Promise<{ data?: T; problem?: Problem }> {
    try {
      await this.options.after
      return { data: await this.load() }
    } catch (thrown) {
      return { problem: problemOf(thrown) }
    }
  }

  /** What happens meanwhile is fetched with it, and puts it off no longer. */
  #soon(): void {
    this.#timer ??= setTimeout(() => void this.reload(), this.options.within ?? GATHERING_MS)
  }

  #rest(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#patience.rest()
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
