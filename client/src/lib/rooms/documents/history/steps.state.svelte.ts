import { listSteps, type Step, type Version } from '@multilogue/shared/history'
import type { Happening } from '@multilogue/shared/events'
import type { Problem } from '@multilogue/shared/problems'
import type { OutputOf } from '@multilogue/shared/contract'
import { call, problemOf } from '$lib/api'
import { connection } from '$lib/realtime/connection.svelte'

type Page = OutputOf<typeof listSteps>

/** How often, in milliseconds, a page that is looked at asks whether there are newer steps: keys are no happenings. */
const ASK = 15_000

/**
 * The steps of one text, newest first. Newer ones are counted and shown only when the reader asks for them, so
 * nothing jumps under what is being read.
 */
export class Steps {
  #pages = $state.raw<Page[]>([])
  #fresh = $state.raw<Page>()
  #problem = $state.raw<Problem>()
  #stop: (() => void) | undefined

  constructor(private readonly documentId: string) {}

  get loaded(): boolean {
    return this.#pages.length > 0
  }
  get problem(): Problem | undefined {
    return this.#problem
  }
  /** The newest log number that is shown. */
  get head(): number {
    return this.#pages[0]?.head ?? 0
  }
  get all(): Step[] {
    return this.#pages.flatMap(({ steps }) => steps)
  }
  get versions(): Version[] {
    const all = this.#pages.flatMap(({ versions }) => versions)
    return all.filter(({ id }, place) => all.findIndex((version) => version.id === id) === place)
  }
  get may(): Page['may'] {
    return (this.#fresh ?? this.#pages[0])?.may ?? []
  }
  get hasEarlier(): boolean {
    return this.#pages.at(-1)?.next != null
  }
  get newer(): number {
    return this.#fresh?.steps.filter(({ toNo }) => toNo > this.head).length ?? 0
  }

  start(stream: string): void {
    const hear = ({ name, payload }: Happening) => {
      if ((payload as { documentId?: string }).documentId !== this.documentId) return
      if (name === 'document.versionKept' || name === 'document.restored') void this.latest()
      else if (name.startsWith('document.')) void this.look()
    }
    const deaf = connection.listen(stream, hear)
    const timer = setInterval(() => {
      if (!document.hidden) void this.look()
    }, ASK)
    this.#stop = () => (deaf(), clearInterval(timer))
    void this.latest()
  }

  stop(): void {
    this.#stop?.()
  }

  /** Shows the newest steps. */
  async latest(): Promise<void> {
    await this.#ask(async () => {
      const page = await call(listSteps, { documentId: this.documentId })
      const joins = page.next !== null && this.#pages.length > 1 && this.#pages[0]?.next === page.next
      this.#pages = joins ? [page, ...this.#pages.slice(1)] : [page]
      this.#fresh = undefined
    })
  }

  async earlier(): Promise<void> {
    const before = this.#pages.at(-1)?.next
    if (before == null) return
    await this.#ask(async () => {
      this.#pages = [...this.#pages, await call(listSteps, { documentId: this.documentId, before })]
    })
  }

  /** Looks whether there is news, without showing it. */
  private async look(): Promise<void> {
    await this.#ask(async () => {
      const page = await call(listSteps, { documentId: this.documentId })
      if (page.head !== this.head) this.#fresh = page
    })
  }

  async #ask(work: () => Promise<void>): Promise<void> {
    try {
      await work()
      this.#problem = undefined
    } catch (thrown) {
      this.#problem = problemOf(thrown)
    }
  }
}
