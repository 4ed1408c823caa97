import * as Y from 'yjs'

/**
 * Judging and applying Yjs updates. What enters the log is applied by everyone for ever, so an update that
 * would throw there is refused before it is appended [ENGINE-6].
 */
export type ReadUpdate = ReturnType<typeof Y.decodeUpdate>

/**
 * Reads an update (format 1) to its end.
 * @throws when it is malformed, or names a neighbour by the same client that cannot exist yet: yjs takes such
 *         an update apart without complaint and then throws in the middle of applying it
 */
export function readUpdate(bytes: Uint8Array): ReadUpdate {
  const update = Y.decodeUpdate(bytes)
  for (const struct of update.structs) {
    if (!(struct instanceof Y.Item)) continue
    for (const neighbour of [struct.origin, struct.rightOrigin, struct.parent]) {
      if (!(neighbour instanceof Y.ID)) continue
      if (neighbour.client === struct.id.client && neighbour.clock >= struct.id.clock) {
        throw new Error('an item names one of its own successors')
      }
    }
  }
  return update
}

/**
 * Whether the document holds everything in the update already. True for the step 2 that every stock client
 * sends on joining: it is empty, or repeats deletions that are known.
 */
export function addsNothing(doc: Y.Doc, { structs, ds }: ReadUpdate): boolean {
  const known = (client: number): number => Y.getState(doc.store, client)
  for (const struct of structs) {
    const isGap = !(struct instanceof Y.Item || struct instanceof Y.GC)
    if (!isGap && struct.id.clock + struct.length > known(struct.id.client)) return false
  }
  for (const [client, ranges] of ds.clients) {
    for (const { clock, len } of ranges) {
      if (len > 0 && (clock + len > known(client) || !isDeleted(doc, client, clock, clock + len))) return false
    }
  }
  return true
}

/** @param from, to  clocks of structs that the document has; `to` is not included */
function isDeleted(doc: Y.Doc, client: number, from: number, to: number): boolean {
  const structs = doc.store.clients.get(client) ?? []
  for (let at = Y.findIndexSS(structs, from); at < structs.length; at++) {
    const struct = structs[at]
    if (struct === undefined || struct.id.clock >= to) break
    if (!struct.deleted) return false
  }
  return true
}

/** @returns false when yjs cannot apply it. Then nobody else can: it is skipped, not passed on. */
export function tryApply(doc: Y.Doc, bytes: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, bytes)
    return true
  } catch {
    return false
  }
}
