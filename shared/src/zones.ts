/*
 * Wall clocks of places. A place that puts its clock forward has an hour that no clock there shows, and one that puts
 * it back has an hour twice.
 */

const DAY = 86_400_000

/** @param local  `2027-03-28T02:30` or with seconds, without any zone */
const asUtc = (local: string): number => Date.parse(`${local}Z`)

/** What the clock of a zone shows at an instant, as milliseconds of the same figures in UTC. */
function shownIn(zone: string, instant: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    ...{ year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric' },
  }).formatToParts(instant)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)!.value)
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
}

/**
 * The instants at which the clock of a zone shows a local time, the earlier one first: none when the zone skips it, two
 * when it has it twice.
 */
export function instantsIn(zone: string, local: string): Date[] {
  const wanted = asUtc(local)
  const offsets = [wanted - DAY, wanted + DAY].map((instant) => shownIn(zone, instant) - instant)
  return [...new Set(offsets.map((offset) => wanted - offset))]
    .filter((instant) => shownIn(zone, instant) === wanted)
    .sort((one, other) => one - other)
    .map((instant) => new Date(instant))
}

/** What the clock of a zone shows at an instant, to the minute: `2027-03-28T02:30`. */
export const clockIn = (zone: string, instant: string): string =>
  new Date(shownIn(zone, Date.parse(instant))).toISOString().slice(0, 16)
