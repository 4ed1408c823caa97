import type { Deadline } from '@multilogue/shared/decisions'
import { instantsIn } from '@multilogue/shared/zones'
import { invalidInput } from '../common/problem.js'

const refused = (detail: string) => invalidInput('deadline', detail)

/** @throws Refusal invalid-input for a local time that its zone skips */
export function deadlineAt(deadline: Deadline): Date {
  if (typeof deadline === 'string') return new Date(deadline)
  const { at, zone } = deadline
  // Of an hour that is there twice the later one, so that nobody is late who reads the clock there.
  const instant = instantsIn(zone, at).at(-1)
  if (!instant)
    throw refused(`The clock in ${zone} does not show ${at.replace('T', ' ')}: it is put forward in that hour.`)
  return instant
}

/** @throws Refusal invalid-input */
export function mustNotEndBefore(deadline: Date, least: Date, why: string): void {
  if (deadline < least) throw refused(`${why} ${least.toISOString()}.`)
}
