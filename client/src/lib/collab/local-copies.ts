import * as idb from 'lib0/indexeddb'
import { keysBelow, removeLocal } from '$lib/local-db'

/** A text as one seat of one person has it open: words belong to the seat that wrote them. */
export interface TextPlace {
  personId: string
  seatId: string
  documentId: string
}

/** Under which everything of a text stands in the local stores; `lib/answers.ts` files its answers in the same way. */
export const pathOf = ({ personId, seatId, documentId }: TextPlace) => `${personId}/${seatId}/${documentId}`
/** The name of the IndexedDB database with the copy. */
export const databaseOf = (path: string) => `multilogue/${path}`

/** Removes the copies, the unsaved words and the answers whose path begins with `path`. */
export async function forgetBelow(path: string): Promise<void> {
  for (const copy of await keysBelow('copies', path)) {
    await idb.deleteDB(databaseOf(copy))
    await removeLocal('copies', copy)
  }
  await removeLocal('unsaved', path)
  await removeLocal('answers', path)
}

/** Removes everything of a person from this browser: others may use it next. */
export async function forgetPerson(personId: string): Promise<void> {
  await forgetBelow(`${personId}/`)
  await removeLocal('answers', 'me')
}

/** How many texts hold words of the person that were not sent yet. */
export async function unsentTexts(personId: string): Promise<number> {
  const entries = await keysBelow('unsaved', `${personId}/`)
  return new Set(entries.map((key) => key.slice(0, key.lastIndexOf('/')))).size
}

/** Removes the copies that others have left in this browser, but for those that hold words not sent yet. */
export async function forgetOthers(personId: string): Promise<void> {
  const unsent = await keysBelow('unsaved', '')
  const copies = await keysBelow('copies', '')
  const idle = copies.filter((copy) => !copy.startsWith(`${personId}/`) && !unsent.some((key) => key.startsWith(copy)))
  for (const copy of idle) await forgetBelow(copy)
}

/** Removes what was kept for seats that this person holds no more. */
export async function forgetSeatsBut(personId: string, seatIds: string[]): Promise<void> {
  const held = seatIds.map((seatId) => pathOf({ personId, seatId, documentId: '' }))
  const copies = await keysBelow('copies', `${personId}/`)
  for (const copy of copies) if (!held.some((path) => copy.startsWith(path))) await forgetBelow(copy)
}
