import type { Happening } from '@multilogue/shared/events'
import { untrack } from 'svelte'
import { live, type Live } from './live.svelte'
import { connection } from './realtime/connection.svelte'

export interface Page<T> {
  rows: T[]
  /** How many there are on all pages; told with the first one. */
  total: number | null
  /** Behind what the next page begins; null on the last one. */
  next: string | null
}

export interface Loaded<T, P> {
  /** From the first on, without a gap; before them the one that a link points at, while its page is not there. */
  rows: T[]
  first: P
  next: string | null
}

interface Options<T> {
  stream: () => string
  concerns: (happening: Happening) => boolean
  /** The row that a link points at, and how it is fetched by itself. */
  pointed?: { id: () => string | undefined; fetch: (id: string) => Promise<T[]> }
}

/** Rows of a page, and the most that the server gives at once. */
export const PAGE = 50
const MOST = 100

/** A list of the server as far as it was read, kept true while it is shown. Call it while a component is set up. */
export class Pages<T extends { id: string }, P extends Page<T> = Page<T>> {
  readonly live: Live<Loaded<T, P>>
  /** What is there is known to be out of date. */
  #isOld = true
  #readsOn = false

  constructor(
    private readonly ask: (which: { after?: string; limit: number }) => Promise<P>,
    private readonly options: Options<T>,
  ) {
    const { stream, concerns, pointed } = options
    this.live = live<Loaded<T, P>>(() => this.#load(), {
      stream,
      concerns: (happening) => concerns(happening) && (this.#isOld = true),
    })
    $effect(() => connection.onReset(stream(), () => (this.#isOld = true)))
    $effect(() => {
      const id = pointed?.id()
      const have = untrack(() => this.live.data)
      if (id && have?.rows.every((row) => row.id !== id)) void untrack(() => this.changed())
    })
  }

  /** Loads the next page. */
  more(): Promise<void> {
    this.#readsOn = true
    return this.live.reload()
  }

  changed(): Promise<void> {
    this.#isOld = true
    return this.live.reload()
  }

  async #load(): Promise<Loaded<T, P>> {
    const [isOld, readsOn, have] = [this.#isOld, this.#readsOn, this.live.data]
    this.#isOld = this.#readsOn = false
    try {
      if (isOld || !have) return await this.#anew((have?.rows.length ?? 0) + (readsOn ? PAGE : 0))
      return readsOn && have.next ? await this.#onFrom(have, PAGE) : have
    } catch (thrown) {
      this.#isOld ||= isOld
      this.#readsOn ||= readsOn
      throw thrown
    }
  }

  async #anew(count: number): Promise<Loaded<T, P>> {
    const [first, others] = await Promise.all([
      this.ask({ limit: Math.min(MOST, Math.max(PAGE, count)) }),
      this.#pointedAt(),
    ])
    let loaded: Loaded<T, P> = { rows: first.rows, first, next: first.next }
    while (loaded.next && loaded.rows.length < count)
      loaded = await this.#onFrom(loaded, Math.min(MOST, Math.max(PAGE, count - loaded.rows.length)))
    const { rows } = loaded
    return { ...loaded, rows: [...without(others, rows), ...rows] }
  }

  async #onFrom({ rows, first, next }: Loaded<T, P>, limit: number): Promise<Loaded<T, P>> {
    const page = await this.ask({ limit, ...(next ? { after: next } : {}) })
    return { rows: [...rows, ...without(page.rows, rows)], first, next: page.next }
  }

  async #pointedAt(): Promise<T[]> {
    const { pointed } = this.options
    const id = pointed?.id()
    return id ? pointed!.fetch(id) : []
  }
}

/** What moved meanwhile, or was pointed at, does not stand there twice. */
function without<T extends { id: string }>(rows: T[], known: T[]): T[] {
  const ids = new Set(known.map(({ id }) => id))
  return rows.filter(({ id }) => !ids.has(id))
}
