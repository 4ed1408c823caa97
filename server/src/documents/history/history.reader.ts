import { Worker } from 'node:worker_threads'
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import { DataSource } from 'typeorm'
import { errorFacts, LOG, type Log } from '../../common/log.js'
import { Refusal } from '../../common/problem.js'
import { WrittenAnswer } from '../../work/written-answer.js'
import type { QuestionName, Questions, Reply } from './question.js'

/** The build's file, for the build and for tests that run the sources alike. */
const THREAD = new URL('../../../dist/documents/history/reader.thread.js', import.meta.url)
/** Questions that wait; more are told to come back. */
const WAITING = 100
/** Heap of the thread in megabytes; a history that needs more is refused, and nobody else suffers. */
const HEAP = 1024

interface Waiting {
  resolve: (answer: never) => void
  reject: (thrown: Error) => void
}

/** Asks the thread that reads histories. It is started by the first question and again after it has failed. */
@Injectable()
export class HistoryReader implements OnApplicationShutdown {
  private thread: Worker | undefined
  private readonly waiting = new Map<number, Waiting>()
  private asked = 0

  constructor(
    private readonly source: DataSource,
    @Inject(LOG) private readonly log: Log,
  ) {}

  /** @throws Refusal `unavailable` when too many ask, or the thread fails; `invalid-input` */
  ask<N extends QuestionName>(name: N, asked: Questions[N]['asked']): Promise<Questions[N]['answer']> {
    if (this.waiting.size >= WAITING) return Promise.reject(new Refusal('unavailable'))
    const thread = (this.thread ??= this.start())
    const number = ++this.asked
    return new Promise((resolve, reject) => {
      this.waiting.set(number, { resolve, reject })
      thread.postMessage({ number, name, asked })
    })
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.terminate()
  }

  private start(): Worker {
    const { url } = this.source.options as { url?: string }
    const thread = new Worker(THREAD, { workerData: { url }, resourceLimits: { maxOldGenerationSizeMb: HEAP } })
    thread.unref()
    thread.on('message', (reply: Reply) => this.settle(reply))
    thread.on('error', (thrown) => this.log.error(errorFacts(thrown), 'history thread failed'))
    thread.on('exit', () => {
      this.thread = undefined
      for (const { reject } of this.waiting.values()) reject(new Refusal('unavailable'))
      this.waiting.clear()
    })
    return thread
  }

  private settle(reply: Reply): void {
    const waiting = this.waiting.get(reply.number)
    this.waiting.delete(reply.number)
    if ('json' in reply) waiting?.resolve(new WrittenAnswer(reply.json) as never)
    else if ('answer' in reply) waiting?.resolve(reply.answer as never)
    else if ('problem' in reply) waiting?.reject(new Refusal(reply.problem, undefined, reply.more))
    else waiting?.reject(Object.assign(new Error(reply.failed), { code: reply.code }))
  }
}
