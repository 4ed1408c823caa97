import { secondsSpoken, type Slot } from '@multilogue/shared/speakers'

/** The last seconds, in which whoever speaks is warned. */
export const WARN_SECONDS = 30

export type Pace = 'running' | 'warning' | 'over' | 'standing'

export interface Timing {
  spoken: number
  /** null: no limit. */
  left: number | null
  over: number
  pace: Pace
}

/** @param now  of the server's clock */
export function timingOf(slot: Slot, now: number): Timing {
  const spoken = secondsSpoken(slot, now) ?? 0
  const left = slot.limitSeconds === null ? null : Math.max(0, slot.limitSeconds - spoken)
  const over = slot.limitSeconds === null ? 0 : Math.max(0, spoken - slot.limitSeconds)
  const isWarned = left !== null && left <= WARN_SECONDS
  const pace = over > 0 ? 'over' : slot.pausedAt ? 'standing' : isWarned ? 'warning' : 'running'
  return { spoken, left, over, pace }
}

/** `5:40`, from an hour on `1:05:40`; the same in every language. */
export function clockWords(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}
