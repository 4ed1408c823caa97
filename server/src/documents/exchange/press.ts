import { Worker } from 'node:worker_threads'
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { ProblemName } from '@multilogue/shared/problems'
import { errorFacts, LOG, type Log } from '../../common/log.js'
import { Refusal } from '../../common/problem.js'
import type { Job, JobName, Jobs } from './jobs.js'

/** The build's file, for the build and for tests that run the sources alike. */
const THREAD = new URL('../../../dist/documents/exchange/press.thread.js', import.meta.url)
/** Files made or read at once; there are few processors, and those who type need them more. */
const AT_ONCE = 2
/** Jobs that wait; more are told to come back. */
const WAITING = 20
/** Heap of a thread in megabytes; a file that needs more is refused, and nobody else suffers. */
const HEAP = 512
/** In milliseconds. */
const PATIENCE = 60_000

export type Reply = { made: unknown } | { problem: ProblemName; detail?: string } | { failed: string }

/** Where files are made and read: in a thread of its own for each, so that nobody who types waits for a file. */
@Injectable()
export class Press implements OnApplicationShutdown {
  private readonly threads = new Set<Worker>()
  private readonly waiting: (() => void)[] = []
  private running = 0

  constructor(@Inject(LOG) private readonly log: Log) {}

  /** @throws Refusal what the job refuses; `unavailable` when too many wait; `too-large` when it takes too much */
  async run<N extends JobName>(name: N, given: Jobs[N]['given']): Promise<Jobs[N]['made']> {
    if (this.running >= AT_ONCE) {
      if (this.waiting.length >= WAITING) throw new Refusal('unavailable')
      await new Promise<void>((resolve) => this.waiting.push(resolve))
    }
    this.running += 1
    try {
      return (await this.inThread({ name, given })) as Jobs[N]['made']
    } finally {
      this.running -= 1
      this.waiting.shift()?.()
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([...this.threads].map((thread) => thread.terminate()))
  }

  private inThread(job: Job): Promise<unknown> {
    const thread = new Worker(THREAD, { workerData: job, resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    this.threads.add(thread)
    const patience = setTimeout(() => void thread.terminate(), PATIENCE)
    return new Promise((resolve, reject) => {
      thread.on('message', (reply: Reply) => {
        if ('made' in reply) resolve(reply.made)
        else if ('problem' in reply) reject(new Refusal(reply.problem, reply.detail))
        else reject(new Error(reply.failed))
      })
      thread.on('error', (thrown) => {
        this.log.error(errorFacts(thrown), 'press thread failed')
        reject(new Refusal('too-large'))
      })
      // After a message this settles nothing: only a thread that was stopped ends without one.
      thread.on('exit', () => {
        clearTimeout(patience)
        this.threads.delete(thread)
        reject(new Refusal('too-large'))
      })
    })
  }
}
