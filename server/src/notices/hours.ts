import { clockIn, instantsIn } from '@multilogue/shared/zones'

const HOUR = 3_600_000

const hourIn = (zone: string, instant: Date): number => Number(clockIn(zone, instant.toISOString()).slice(11, 13))

/** The next instant at which the clock of a zone shows the full hour; where it skips that hour, the one after it. */
export function nextHour(after: Date, hour: number, zone: string): Date {
  for (let ahead = 0; ; ahead++) {
    const day = clockIn(zone, new Date(after.getTime() + ahead * 24 * HOUR).toISOString()).slice(0, 10)
    const shown = (wanted: number) => instantsIn(zone, `${day}T${String(wanted).padStart(2, '0')}:00`)[0]
    const at = shown(hour) ?? shown(Math.min(hour + 1, 23))
    if (at && at > after) return at
  }
}

/** Now, or the end of the quiet hours in which `now` lies. They may reach over midnight. */
export function afterQuiet(
  now: Date,
  { quietFrom: from, quietTo: to }: { quietFrom: number | null; quietTo: number | null },
  zone: string,
): Date {
  if (from === null || to === null || from === to) return now
  const hour = hourIn(zone, now)
  const isQuiet = from < to ? hour >= from && hour < to : hour >= from || hour < to
  return isQuiet ? nextHour(now, to, zone) : now
}
