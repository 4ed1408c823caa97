import { getProcedure, listProcedures } from '@multilogue/shared/decisions'
import type { Happening } from '@multilogue/shared/events'
import { streamOfRound } from '@multilogue/shared/events'
import { call } from '$lib/api'
import { live } from '$lib/live.svelte'
import { me } from '$lib/me.svelte'

/** A vote is followed by those who conduct it and by its delegation; what it came to is told by the gavel. */
const concerns = ({ name, payload }: Happening): boolean => {
  if (name === 'decision.moved') return true
  if (name !== 'decision.voted') return false
  const own = (payload as { delegationId: string }).delegationId === me.seat?.delegationId
  return own || me.seat?.role === 'chair' || me.seat?.role === 'secretariat'
}

/** Call it while the component is set up. */
export const proceduresLive = (roundId: () => string) =>
  live(() => call(listProcedures, { roundId: roundId() }), { stream: () => streamOfRound(roundId()), concerns })

export const procedureLive = (procedureId: () => string, roundId: () => string) =>
  live(() => call(getProcedure, { procedureId: procedureId() }), {
    stream: () => streamOfRound(roundId()),
    concerns: (happening) =>
      concerns(happening) && (happening.payload as { procedureId: string }).procedureId === procedureId(),
  })
