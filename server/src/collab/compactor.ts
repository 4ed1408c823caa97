import { Worker } from 'node:worker_threads'
import { compact } from './compact.js'
import type { Compact } from './compact.js'
import type { Snapshot } from './ports.js'

type Made = Omit<Snapshot, 'no'>

/** A text below this is put together within 10 ms, faster than it is handed to another thread. */
const SMALL = 32 * 1024
/** How long the thread is kept when there is nothing to do, in milliseconds. */
const IDLE = 1_000

/** Compaction off the event loop: small texts at once, large ones in a thread that is there while it is needed. */
export function createCompactor(): { compact: Compact; close(): Promise<void> } {
  let worker: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let lastId = 0
  const asked = new Map<number, { resolve: (made: Made) => void; reject: (thrown: Error) => void }>()

  const stop = async (): Promise<void> => {
    clearTimeout(idle)
    const stopping = worker
    worker = undefined
    for (const { reject } of asked.values()) reject(new Error('the compacting thread has ended'))
    asked.clear()
    await stopping?.terminate()
  }
  const start = (): Worker => {
    const started = new Worker(new URL('./compact.worker.js', import.meta.url))
    started.unref()
    started.on('message', ({ id, made }: { id: number; made: Made }) => {
      asked.get(id)?.resolve(made)
      asked.delete(id)
      if (asked.size === 0) idle = setTimeout(() => void stop(), IDLE).unref()
    })
    const failed = (): void => {
      if (worker === started) void stop()
    }
    started.on('error', failed)
    started.on('exit', failed)
    return started
  }
  return {
    compact: (updates) => {
      if (updates.reduce((sum, { length }) => sum + length, 0) < SMALL) return Promise.resolve(compact(updates))
      clearTimeout(idle)
      worker ??= start()
      const id = (lastId += 1)
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve, reject })
        worker?.postMessage({ id, updates })
      })
    },
    close: stop,
  }
}
