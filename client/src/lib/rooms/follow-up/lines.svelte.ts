import { streamOfRound, type EventPayload, type Happening } from '@multilogue/shared/events'
import { listLines, type MatrixLine } from '@multilogue/shared/matrix'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'
import { connection } from '$lib/realtime/connection.svelte'
import type { FlagName } from './figures'

export interface Chosen {
  roundId: string
  delegation?: string | undefined
  flag?: FlagName | undefined
}

export interface Loaded {
  /** From the first on, without a gap. */
  lines: MatrixLine[]
  total: number
  /** Null once all are there. */
  next: string | null
}

export const lineId = ({ recommendationId, code }: MatrixLine): string => `${recommendationId} ${code}`

const FIRST = 100
const PAGE = 200
const MOST = 1000
/** So many one by one take longer than all anew. */
const MANY = 8

/** The lines of the matrix as far as they were looked at; what changes is fetched by itself. Call it while a component is set up. */
export class Lines {
  readonly live: Live<Loaded>
  #wanted = FIRST
  /** What is known to be out of date. */
  #allOld = true
  #old: string[] = []

  constructor(private readonly chosen: Chosen) {
    const stream = streamOfRound(chosen.roundId)
    this.live = live<Loaded>(() => this.#load(), {
      stream: () => stream,
      concerns: (happening) => this.#hears(happening),
    })
    $effect(() => connection.onReset(stream, () => (this.#allOld = true)))
  }

  /** Loads a page if so many are not there yet. */
  want(count: number): void {
    const have = this.live.data
    if (!have?.next || count <= have.lines.length) return
    this.#wanted = count
    void this.live.reload()
  }

  /** Loads as many as there are, up to that number. */
  async upTo(count: number): Promise<void> {
    for (let have = this.live.data; have?.next && have.lines.length < count; have = this.live.data) {
      this.#wanted = count
      await this.live.reload()
      if (this.live.problem) return
    }
  }

  async changed(recommendationId: string | null): Promise<void> {
    if (recommendationId) this.#note(recommendationId)
    await this.live.reload()
  }

  #hears({ name, payload }: Happening): boolean {
    if (name === 'report.changed' || name === 'recommendation.changed') {
      const { recommendationId } = payload as EventPayload<typeof name>
      if (recommendationId) this.#note(recommendationId)
      return recommendationId !== null
    }
    if (name !== 'delegation.changed' && name !== 'carryOver.decided') return false
    this.#allOld = true
    return true
  }

  #note(recommendationId: string): void {
    if (!this.#old.includes(recommendationId)) this.#old.push(recommendationId)
  }

  async #load(): Promise<Loaded> {
    const [allOld, old, have] = [this.#allOld, this.#old, this.live.data]
    this.#allOld = false
    this.#old = []
    try {
      if (allOld || !have || old.length > MANY) return await this.#anew(have?.lines.length ?? 0)
      if (old.length > 0) return await this.#mended(have, old)
      return have.next && have.lines.length < this.#wanted ? await this.#more(have) : have
    } catch (thrown) {
      this.#allOld ||= allOld
      for (const id of old) this.#note(id)
      throw thrown
    }
  }

  async #anew(count: number): Promise<Loaded> {
    const { lines, total, next } = await call(listLines, {
      ...this.chosen,
      limit: Math.min(MOST, Math.max(FIRST, count)),
    })
    let loaded: Loaded = { lines, total: total ?? lines.length, next }
    while (loaded.next && loaded.lines.length < count) loaded = await this.#more(loaded, count)
    return loaded
  }

  async #more({ lines, total, next: after }: Loaded, wanted = this.#wanted): Promise<Loaded> {
    const limit = Math.min(MOST, Math.max(PAGE, wanted - lines.length))
    const page = await call(listLines, { ...this.chosen, after: after ?? undefined, limit })
    return { lines: [...lines, ...page.lines], total, next: page.next }
  }

  async #mended(have: Loaded, ids: string[]): Promise<Loaded> {
    const [{ total }, ...fresh] = await Promise.all([
      call(listLines, { ...this.chosen, limit: 1 }),
      ...ids.map((recommendationId) => call(listLines, { ...this.chosen, recommendationId, limit: MOST })),
    ])
    let { lines } = have
    for (const [at, { lines: now }] of fresh.entries()) {
      const mended = withLines(lines, { id: ids[at]!, now, isAll: have.next === null })
      if (!mended) return this.#anew(lines.length)
      lines = mended
    }
    return { lines, total: total ?? lines.length, next: have.next }
  }
}

/**
 * The lines with those of one recommendation as they are now, in their place.
 * @returns nothing when that place cannot be told: the page ends in the middle of them
 */
function withLines(
  lines: MatrixLine[],
  { id, now, isAll }: { id: string; now: MatrixLine[]; isAll: boolean },
): MatrixLine[] | undefined {
  const last = lines.at(-1)
  if (!isAll && last?.recommendationId === id) {
    const end = now.findIndex(({ code }) => code === last.code)
    return end < 0 ? undefined : [...lines.filter((line) => line.recommendationId !== id), ...now.slice(0, end + 1)]
  }
  const others = lines.filter((line) => line.recommendationId !== id)
  const [first] = now
  if (!first) return others
  const at = others.findIndex((line) => isBefore(first, line))
  if (at < 0) return isAll ? [...others, ...now] : others
  return [...others.slice(0, at), ...now, ...others.slice(at)]
}

const isBefore = (a: MatrixLine, b: MatrixLine): boolean =>
  a.roundNumber === b.roundNumber ? a.number < b.number : a.roundNumber > b.roundNumber
