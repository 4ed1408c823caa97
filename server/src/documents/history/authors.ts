import type { OutputOf } from '@multilogue/shared/contract'
import type { listAuthors } from '@multilogue/shared/history'
import type { Carried } from './carried.js'
import type { Chronicle } from './chronicle.js'
import { Redline } from './redline.js'

/** Everybody who wrote, in the order of their first words. */
export function authorsOf(chronicle: Chronicle, carried: Carried): OutputOf<typeof listAuthors> {
  const standing = new Map<string, number>()
  for (const { runs } of new Redline(chronicle, carried, chronicle.head, chronicle.head).paragraphs())
    for (const { text, written } of runs) standing.set(of(written), (standing.get(of(written)) ?? 0) + text.length)
  const clients = new Map<number, number>()
  for (const writer of chronicle.authors.values()) clients.set(writer, (clients.get(writer) ?? 0) + 1)
  const spans = new Map<number, { first: number; last: number }>()
  for (const { writer, at } of chronicle.rows) spans.set(writer, { first: spans.get(writer)?.first ?? at, last: at })
  return [...spans].map(([place, { first, last }]) => {
    const writer = chronicle.writers[place]!
    return {
      ...writer,
      clients: clients.get(place) ?? 0,
      first: new Date(first).toISOString(),
      last: new Date(last).toISOString(),
      standing: standing.get(of(writer)) ?? 0,
    }
  })
}

const of = ({ personId, seatId }: { personId: string; seatId: string | null }): string => `${personId} ${seatId}`
