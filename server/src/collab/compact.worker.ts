import { parentPort } from 'node:worker_threads'
import { compact } from './compact.js'

parentPort?.on('message', ({ id, updates }: { id: number; updates: Uint8Array[] }) => {
  const made = compact(updates)
  parentPort?.postMessage({ id, made })
})
