import * as idb from 'lib0/indexeddb'
import { IndexeddbPersistence } from 'y-indexeddb'
import * as Y from 'yjs'
import { removeLocal, replaceBelow, writeLocal } from '$lib/local-db'
import { databaseOf, forgetBelow, pathOf, type TextPlace } from './local-copies'

/** A browser that takes longer to open its own storage is treated as one that has none. */
const PATIENCE_MS = 3000

/** This browser's copy of a text, and the words in it that the server has not called durable. */
export class LocalText {
  #path: string
  #copy: IndexeddbPersistence
  /** What each open copy of the text has unsaved is its own entry, since several tabs may be open. */
  #entry: string
  /** What stands under it. */
  #kept: Uint8Array | undefined
  #onlost: () => void
  #closed = false

  private constructor(path: string, doc: Y.Doc, copy: IndexeddbPersistence, onlost: () => void) {
    this.#path = path
    this.#copy = copy
    this.#entry = `${path}/${doc.clientID}`
    this.#onlost = onlost
    this.#guard()
  }

  /**
   * Loads the copy, if there is one, into `doc`, and keeps it up to date from then on.
   * @param onlost  from now on nothing is kept: the storage is full, or was emptied by the person
   * @returns also the words that earlier visits left unsaved, applied already; undefined: this browser keeps nothing
   */
  static async open(
    place: TextPlace,
    doc: Y.Doc,
    onlost: () => void,
  ): Promise<{ local: LocalText; unsaved: Uint8Array | undefined } | undefined> {
    const path = pathOf(place)
    try {
      // Also finds out whether IndexedDB may be used: y-indexeddb would wait for ever.
      await withPatience(writeLocal('copies', path, true))
      // Before the copy is read, so that whatever another tab writes after this is under its own entry again.
      const unsaved = await replaceBelow('unsaved', `${path}/`, `${path}/${doc.clientID}`, (left) =>
        left.length ? Y.mergeUpdates(left as Uint8Array[]) : undefined,
      )
      const copy = new IndexeddbPersistence(databaseOf(path), doc)
      await withPatience(copy.whenSynced).catch(async (thrown: unknown) => {
        void copy.destroy()
        throw thrown
      })
      if (unsaved) Y.applyUpdate(doc, unsaved, copy)
      const local = new LocalText(path, doc, copy, onlost)
      local.#kept = unsaved
      return { local, unsaved }
    } catch {
      return undefined
    }
  }

  /** Whether an update came out of the copy. */
  isOrigin(origin: unknown): boolean {
    return origin === this.#copy
  }

  /** @param unsaved  everything written here that is not durable, in one update; undefined: all is */
  keep(unsaved: Uint8Array | undefined) {
    if (this.#closed || unsaved === this.#kept) return
    this.#kept = unsaved
    const done = unsaved ? writeLocal('unsaved', this.#entry, unsaved) : removeLocal('unsaved', this.#entry)
    done.catch(() => this.#lose())
  }

  /** Puts a text as the server has it in place of the copy, whose unsaved words were not taken. */
  async startOver(doc: Y.Doc): Promise<void> {
    const { db, name } = this.#copy
    const refused = this.#entry
    this.#entry = `${this.#path}/${doc.clientID}`
    this.#kept = undefined
    const [updates] = db ? idb.transact(db, ['updates']) : []
    if (updates) await idb.rtop(updates.clear())
    await this.#copy.destroy()
    await removeLocal('unsaved', refused)
    if (this.#closed) return
    this.#copy = new IndexeddbPersistence(name, doc)
    void this.#copy.whenSynced.then(() => this.#guard())
  }

  /** Nothing more is kept; what is kept stays, unless all is saved later. */
  close() {
    this.#closed = true
    void this.#copy.destroy()
  }

  /** The words that were left to be sent have been. */
  async sent(): Promise<void> {
    await removeLocal('unsaved', this.#entry).catch(() => undefined)
  }

  async forget(): Promise<void> {
    this.close()
    await forgetBelow(this.#path)
  }

  /** y-indexeddb does not look whether its writes succeed; a failed one shows as an aborted transaction. */
  #guard() {
    const { db } = this.#copy
    if (!db) return
    db.addEventListener('abort', () => this.#lose())
    db.addEventListener('close', () => this.#lose())
    db.addEventListener('versionchange', () => this.#lose())
  }

  #lose() {
    if (this.#closed) return
    this.close()
    this.#onlost()
  }
}

async function withPatience<T>(work: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The local storage does not answer.')), PATIENCE_MS)
  })
  return Promise.race([work, tooLong]).finally(() => clearTimeout(timer))
}
