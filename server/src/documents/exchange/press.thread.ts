import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../common/problem.js'
import type { Job } from './jobs.js'
import type { Reply } from './press.js'
import { done } from './work.js'

/* One job, then the thread ends: what a file does to the memory it is read in ends with it. */
parentPort?.postMessage(await reply())

async function reply(): Promise<Reply> {
  try {
    return { made: await done(workerData as Job) }
  } catch (thrown) {
    if (thrown instanceof Refusal)
      return { problem: thrown.problem, ...(thrown.detail ? { detail: thrown.detail } : {}) }
    return { failed: thrown instanceof Error ? (thrown.stack ?? thrown.message) : 'unknown' }
  }
}
