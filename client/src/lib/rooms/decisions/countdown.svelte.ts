import type { Procedure } from '@multilogue/shared/decisions'
import { i18n, t } from '$lib/i18n/i18n.svelte'

const SECOND = 1000

/** Counts down to an instant of the server's clock, whatever the clock of this device says. */
export class Countdown {
  #left = $state<number>()

  /**
   * Call it while the component is set up.
   * @param ended  the instant has come: what is shown has to be asked for anew
   */
  constructor(procedure: () => Pick<Procedure, 'at' | 'deadline' | 'state'>, ended: () => void) {
    $effect(() => {
      const { at, deadline, state } = procedure()
      if (!deadline || (state !== 'running' && state !== 'scheduled')) {
        this.#left = undefined
        return
      }
      const begun = performance.now()
      const total = Date.parse(deadline) - Date.parse(at)
      const tick = () => {
        this.#left = Math.max(0, total - (performance.now() - begun))
        if (this.#left > 0) return
        clearInterval(timer)
        if (total > 0) ended()
      }
      const timer = setInterval(tick, SECOND)
      tick()
      return () => clearInterval(timer)
    })
  }

  /** Undefined when there is nothing to wait for. */
  get words(): string | undefined {
    if (this.#left === undefined) return undefined
    const seconds = Math.ceil(this.#left / SECOND)
    const two = (value: number) => new Intl.NumberFormat(i18n.numbers, { minimumIntegerDigits: 2 }).format(value)
    const clock = [Math.floor((seconds % 86_400) / 3600), Math.floor((seconds % 3600) / 60), seconds % 60]
    return t('decisions.left', { days: Math.floor(seconds / 86_400), clock: clock.map(two).join(':') })
  }
}
