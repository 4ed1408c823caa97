import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import type { Snapshot } from './ports.js'

/** Puts a document's updates together, without what Yjs can forget. May run in another thread. */
export type Compact = (updates: Uint8Array[]) => Promise<Omit<Snapshot, 'no'>>

/** Takes about 10 us per edit; what Yjs cannot apply is left out. */
export function compact(updates: Uint8Array[]): Omit<Snapshot, 'no'> {
  const doc = new Y.Doc()
  // In a transaction of its own: after one that came from elsewhere Yjs tidies marks away, which is an edit.
  doc.transact(() => {
    for (const update of updates) {
      try {
        Y.applyUpdate(doc, update)
      } catch {
        // Nobody else can apply it either.
      }
    }
  })
  const snapshot = {
    state: Y.encodeStateAsUpdate(doc),
    vector: Y.encodeStateVector(doc),
    deletions: encodeDeletions(Y.createDeleteSetFromStructStore(doc.store)),
  }
  doc.destroy()
  return snapshot
}

export const compactHere: Compact = (updates) => Promise.resolve(compact(updates))

function encodeDeletions({ clients }: Y.Snapshot['ds']): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, clients.size)
    for (const [client, ranges] of clients) {
      encoding.writeVarUint(encoder, client)
      encoding.writeVarUint(encoder, ranges.length)
      for (const { clock, len } of ranges) {
        encoding.writeVarUint(encoder, clock)
        encoding.writeVarUint(encoder, len)
      }
    }
  })
}
