/**
 * Places in a list that people rearrange at the same time: a place is a fraction in base 62, written without `0.`,
 * and between any two there is another. Moving a row changes its own place and nobody else's.
 */
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Ends with no zero, so that there is always a place before it. */
export const isPlace = (text: unknown): text is string =>
  typeof text === 'string' && /^[0-9A-Za-z]{0,199}[1-9A-Za-z]$/.test(text)

/**
 * A place after `before` and before `after`; null: no row there. Two people who ask for the same gap at once get
 * two places. When there is no gap, because two rows stand at one place, it is a place after `before`.
 */
export function placeBetween(before: string | null, after: string | null): string {
  const end = after !== null && before !== null && after <= before ? null : after
  const place = end === null ? next(before ?? '') : middle(before ?? '', end)
  const apart = place + digit(Math.floor(Math.random() * 62)) + digit(1 + Math.floor(Math.random() * 61))
  return end === null || apart < end ? apart : place
}

/** Rows at one place, which two people chose at once, stand in the order of their ids everywhere. */
export const byPlace = (a: { order: string; id: string }, b: { order: string; id: string }): number =>
  compare(a.order, b.order) || compare(a.id, b.id)

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const digit = (value: number): string => DIGITS.charAt(value)
const valueOf = (digits: string): number => (digits === '' ? 0 : DIGITS.indexOf(digits.charAt(0)))

/** A short place after all: the first digit that can grow, grown. */
function next(before: string): string {
  const at = [...before].findIndex((each) => each !== 'z')
  return at < 0 ? `${before}V` : before.slice(0, at) + digit(valueOf(before.slice(at)) + 1)
}

/** @param before  '' for none; less than `after` */
function middle(before: string, after: string | null): string {
  if (after !== null) {
    let same = 0
    while (same < after.length && (before[same] ?? '0') === after[same]) same++
    if (same > 0) return after.slice(0, same) + middle(before.slice(same), after.slice(same))
  }
  const [low, high] = [valueOf(before), after === null ? 62 : valueOf(after)]
  if (high - low > 1) return digit(Math.round((low + high) / 2))
  if (after !== null && after.length > 1) return after.charAt(0)
  return digit(low) + middle(before.slice(1), null)
}
