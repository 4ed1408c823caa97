import type { Core } from './core.js'
import { covers } from './known.js'
import type { Snapshot } from './ports.js'
import type { TextState } from './text-state.js'

/** Sees to it that a text has a recent snapshot. Without one loading takes longer, and nothing is lost. */
export class Snapshots {
  #dueAfter = 0
  #making: Promise<void> | null = null

  constructor(
    private readonly documentId: string,
    private readonly text: TextState,
    private readonly core: Core,
  ) {}

  /** While the text is open: in proportion to it, so that its upkeep costs the same per edit however long it grows. */
  makeWhenDue(): void {
    const { rows, bytes } = this.text.sinceSnapshot
    const { snapshotOpenRows, snapshotOpenBytes } = this.core.limits
    const isWorth = bytes * 4 >= this.text.snapshotBytes || rows >= snapshotOpenRows * 20
    if (isWorth && (rows >= snapshotOpenRows || bytes >= snapshotOpenBytes)) void this.make(1)
  }

  /** Makes a snapshot when at least `rows` log rows came since the last. */
  make(rows: number): Promise<void> {
    if (this.#making !== null) return this.#making
    const { no } = this.text
    if (this.text.sinceSnapshot.rows < rows || no < this.#dueAfter) return Promise.resolve()
    this.#making = this.#compacted(no)
      .then(async (snapshot) => {
        await this.core.ports.store.saveSnapshot(this.documentId, snapshot)
        this.text.rebase(snapshot)
      })
      .catch(() => {
        this.core.counters.failedSnapshots += 1
        this.#dueAfter = no + this.core.limits.snapshotIdleRows
      })
      .finally(() => (this.#making = null))
    return this.#making
  }

  /** What stands at log row `no`; made of the whole log when the last snapshot turns out not to hold what it says. */
  async #compacted(no: number): Promise<Snapshot> {
    const vector = this.text.known.vector()
    const made = await this.core.compact(this.text.parts())
    if (covers(made.vector, vector)) return { no, ...made }
    const rows = await this.core.ports.store.tail(this.documentId, 0)
    return { no, ...(await this.core.compact(rows.filter((row) => row.no <= no).map(({ bytes }) => bytes))) }
  }
}
