import * as idb from 'lib0/indexeddb'

/**
 * What this browser keeps besides settings, in one IndexedDB database:
 *
 *   copies    the names of the databases that hold a text each
 *   unsaved   words that the server has not called durable, as Yjs updates
 *   answers   what the server said last, so that a page opens without it
 *
 * A key is a path that begins with the person, so that all that is a person's is found and removed together.
 * Everything here rejects when the browser forbids IndexedDB or its storage is full.
 */
export type LocalStore = 'copies' | 'unsaved' | 'answers'
const STORES: LocalStore[] = ['copies', 'unsaved', 'answers']

let opened: Promise<IDBDatabase> | undefined

// Not in one expression: where IndexedDB is switched off altogether, already naming it throws.
async function open(): Promise<IDBDatabase> {
  return idb.openDB('multilogue', (db) => {
    idb.createStores(
      db,
      STORES.map((name) => [name]),
    )
  })
}

async function inStore<T>(name: LocalStore, work: (store: IDBObjectStore) => Promise<T>): Promise<T> {
  const db = await (opened ??= open())
  const [store] = idb.transact(db, [name])
  if (!store) throw new Error(`There is no store ${name}.`)
  return work(store)
}

const below = (path: string) => IDBKeyRange.bound(path, `${path}\uffff`)

export const readLocal = (name: LocalStore, key: string): Promise<unknown> =>
  inStore(name, (store) => idb.rtop(store.get(key)) as Promise<unknown>)

export const writeLocal = (name: LocalStore, key: string, value: unknown): Promise<void> =>
  inStore(name, async (store) => void (await idb.rtop(store.put(value, key))))

/** Removes the key and every one that begins with it. */
export const removeLocal = (name: LocalStore, path: string): Promise<void> =>
  inStore(name, async (store) => void (await idb.rtop(store.delete(below(path)))))

/** The keys that begin with `path`. */
export const keysBelow = (name: LocalStore, path: string): Promise<string[]> =>
  inStore(name, (store) => idb.rtop(store.getAllKeys(below(path))) as Promise<string[]>)

/**
 * Puts one value in place of everything below `path`, in one transaction.
 * @param join  makes the new value of the old ones; undefined: nothing is put
 */
export const replaceBelow = <T>(
  name: LocalStore,
  path: string,
  key: string,
  join: (values: unknown[]) => T | undefined,
): Promise<T | undefined> =>
  inStore(name, async (store) => {
    const value = join((await idb.rtop(store.getAll(below(path)))) as unknown[])
    const removed = idb.rtop(store.delete(below(path))) as Promise<unknown>
    if (value !== undefined) await idb.rtop(store.put(value, key))
    await removed
    return value
  })
