import type { Speakers } from '@multilogue/shared/speakers'
import { t } from '$lib/i18n/i18n.svelte'
import { serverClock } from '$lib/server-clock.svelte'
import { announce } from '$lib/ui/live-region.svelte'
import { timingOf } from './timing'

/**
 * Reads out who has the floor when that changes, and to whoever it concerns that it is next and that its time ends.
 * Call it while a component is set up.
 */
export function tellSpeakers(speakers: () => Speakers | undefined, own: () => string | null, conducts: () => boolean) {
  let floor: string | null | undefined
  let nextId: string | undefined
  let told: string | undefined

  $effect(() => {
    const known = speakers()
    if (!known) return
    const { current, listed } = known
    if (floor !== undefined && floor !== (current?.id ?? null) && current)
      announce(
        current.delegation.id === own()
          ? t('speakers.youHaveTheFloor')
          : t('speakers.hasTheFloor', { speaker: current.delegation.name }),
      )
    else if (floor !== undefined && listed[0] && listed[0].id !== nextId && listed[0].delegation.id === own())
      announce(t('speakers.youAreNext'))
    floor = current?.id ?? null
    nextId = listed[0]?.id
  })

  $effect(() => {
    const current = speakers()?.current
    if (!current || !(conducts() || current.delegation.id === own())) return
    const { pace } = timingOf(current, serverClock.now)
    const now = `${current.id} ${pace}`
    if (told !== undefined && told !== now && pace === 'warning') announce(t('speakers.lastSeconds'))
    if (told !== undefined && told !== now && pace === 'over') announce(t('speakers.overTime'))
    told = now
  })
}
