import * as Y from 'yjs'
import type { StoredText } from '../../server/src/collab/ports.js'
import type { Clocks, Delegate } from './delegate.js'
import { contentOf } from './edits.js'
import type { MemoryStore } from './world.js'

/** What is in the log, and who says that it is: compared while a simulation runs, and at its end. */
export class Ledger {
  /** What somebody was shown before it was in the log. */
  readonly seenTooEarly: string[] = []
  #rows = 0
  #clocks: Clocks = new Map()

  constructor(private readonly store: MemoryStore) {}

  /** [ENGINE-1] An update has reached somebody now. */
  seen(update: Uint8Array): void {
    this.#read()
    for (const [client, clock] of Y.parseUpdateMeta(update).to) {
      const stored = this.#clocks.get(client) ?? 0
      if (clock > stored) this.seenTooEarly.push(`${client} up to ${clock}, stored ${stored}`)
    }
  }

  /** Client ids of which a copy and the log do not have the same structs. */
  differences(doc: Y.Doc): string[] {
    this.#read()
    const has = Y.decodeStateVector(Y.encodeStateVector(doc))
    return [...new Set([...has.keys(), ...this.#clocks.keys()])]
      .filter((client) => has.get(client) !== this.#clocks.get(client))
      .map((client) => `${client} here ${has.get(client)}, stored ${this.#clocks.get(client)}`)
  }

  /** The copies of the text that must be equal, by name. */
  async copies(delegates: Delegate[], engines: { read(id: string): Promise<{ updates: Uint8Array[] }> }[]) {
    const rows = this.store.of('text').rows.map(({ bytes }) => bytes)
    const show = rows.some(hasItemInItself) ? lettersOf : contentOf
    const built = (updates: Uint8Array[]): string => build(updates, show)
    const copies = new Map([['the bare log', built(rows)]])
    copies.set('the log in one piece', built([Y.mergeUpdates(rows)]))
    const { snapshot, updates } = (await this.store.load('text')) as StoredText
    const tail = updates.map(({ bytes }) => bytes)
    copies.set('snapshot and tail', built(snapshot === null ? tail : [snapshot.state, ...tail]))
    for (const [at, engine] of engines.entries()) {
      copies.set(`server ${at}`, built((await engine.read('text')).updates))
    }
    for (const { personId, doc } of delegates) copies.set(personId, show(doc))
    return copies
  }

  /** What somebody was told to be saved and is not in the log. */
  lost(delegates: Delegate[]): string[] {
    this.#read()
    return delegates.flatMap(({ personId, saved }) =>
      [...saved]
        .filter(([client, clock]) => clock > (this.#clocks.get(client) ?? 0))
        .map(([client, clock]) => `${personId}: ${client} up to ${clock}, stored ${this.#clocks.get(client)}`),
    )
  }

  /** Client ids and rows that are said to be somebody's who did not write them. */
  misattributed(ownerOf: ReadonlyMap<number, string>): string[] {
    const { rows, authors } = this.store.of('text')
    const bound = [...this.#clocks.keys()]
      .filter((client) => authors.get(client)?.personId !== ownerOf.get(client))
      .map((client) => `client id ${client} of ${ownerOf.get(client)} is bound to ${authors.get(client)?.personId}`)
    const reached: Clocks = new Map()
    const written = rows.flatMap(({ bytes, personId }, at) =>
      [...Y.parseUpdateMeta(bytes).to].flatMap(([client, clock]) => {
        if (clock <= (reached.get(client) ?? 0)) return []
        reached.set(client, clock)
        const owner = ownerOf.get(client)
        return owner === personId ? [] : [`row ${at + 1} of ${personId} brings words of ${owner}`]
      }),
    )
    return [...bound, ...written]
  }

  #read(): void {
    const { rows } = this.store.of('text')
    for (; this.#rows < rows.length; this.#rows++) {
      const bytes = rows[this.#rows]?.bytes ?? new Uint8Array()
      for (const [client, clock] of Y.parseUpdateMeta(bytes).to) {
        this.#clocks.set(client, Math.max(this.#clocks.get(client) ?? 0, clock))
      }
    }
  }
}

function build(updates: Uint8Array[], show: (doc: Y.Doc) => string): string {
  const doc = new Y.Doc()
  // In one transaction of its own: after a foreign one Yjs tidies marks away, and what is compared is the log alone.
  doc.transact(() => updates.forEach((update) => Y.applyUpdate(doc, update)))
  const content = show(doc)
  doc.destroy()
  return content
}

/**
 * Undoing the move of a block can make Yjs (13.6.33, `redoItem`) put an item between a character and that same
 * character. In what order such copies read depends on how they came about, whatever a server does.
 */
const hasItemInItself = (update: Uint8Array): boolean =>
  Y.decodeUpdate(update).structs.some(
    (item) => item instanceof Y.Item && item.origin !== null && Y.compareIDs(item.origin, item.rightOrigin),
  )

/** What is there, in no order. */
const lettersOf = (doc: Y.Doc): string => [...contentOf(doc).replaceAll(/<[^<>]+>/g, '')].sort().join('')
