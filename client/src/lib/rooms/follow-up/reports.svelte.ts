import { streamOfRound } from '@multilogue/shared/events'
import { listReports, type Report } from '@multilogue/shared/follow-up'
import { untrack } from 'svelte'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

/** Reports that are open, the newest of those that are validated, and the one that a link points at. */
export interface ReportsShown {
  reports: Report[]
  /** There are older ones. */
  more: boolean
}

const PAGE = 20
const OPEN = 200

/** Call it while a component is set up. */
export class NewestReports {
  readonly live: Live<ReportsShown>
  #count = PAGE

  /** @param pointed  the report that a link points at */
  constructor(
    private readonly roundId: string,
    private readonly pointed: () => string | undefined,
  ) {
    this.live = live<ReportsShown>(() => this.#load(), {
      stream: () => streamOfRound(roundId),
      concerns: ({ name }) => name === 'report.changed' || name === 'delegation.changed',
    })
    $effect(() => {
      const id = pointed()
      const have = untrack(() => this.live.data)
      if (id && have && have.reports.every((report) => report.id !== id)) void untrack(() => this.live.reload())
    })
  }

  older(): Promise<void> {
    this.#count += PAGE
    return this.live.reload()
  }

  async #load(): Promise<ReportsShown> {
    const { roundId } = this
    const reportId = this.pointed()
    const [open, validated, linked] = await Promise.all([
      call(listReports, { roundId, state: 'open', limit: OPEN }),
      this.#validated(this.#count + 1),
      reportId ? call(listReports, { roundId, reportId }) : [],
    ])
    const shown = [...open, ...validated.slice(0, this.#count)]
    const others = linked.filter(({ id }) => shown.every((report) => report.id !== id))
    return { reports: [...others, ...shown], more: validated.length > this.#count }
  }

  async #validated(count: number): Promise<Report[]> {
    const all: Report[] = []
    while (all.length < count) {
      const limit = Math.min(OPEN, count - all.length)
      const after = all.at(-1)?.id
      const page = await call(listReports, { roundId: this.roundId, state: 'validated', after, limit })
      all.push(...page)
      if (page.length < limit) break
    }
    return all
  }
}
