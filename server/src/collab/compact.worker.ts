import { readlinkSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { compact } from './compact.js'

yieldToOthers()

parentPort?.on('message', ({ id, updates }: { id: number; updates: Uint8Array[] }) => {
  const made = compact(updates)
  parentPort?.postMessage({ id, made })
})

/** Nobody waits for this thread, so it gets what the others leave of a processor. Linux tells threads apart. */
function yieldToOthers(): void {
  if (process.platform !== 'linux') return
  try {
    setPriority(Number(readlinkSync('/proc/thread-self').split('/').at(-1)), constants.priority.PRIORITY_LOW)
  } catch {
    // It goes on at the priority of the others.
  }
}
