import { parentPort, workerData } from 'node:worker_threads'
import { Refusal } from '../../common/problem.js'
import { WrittenAnswer } from '../../work/written-answer.js'
import { Archive } from './archive.js'
import { Library } from './library.js'
import type { Reply, Sent } from './question.js'
import { answer } from './reader.js'

/*
 * The thread in which logs are replayed: work for a processor, which must not hold up those who type. It takes
 * one question at a time and has a database connection of its own, so the log never passes the main thread.
 */
const library = new Library(new Archive((workerData as { url: string }).url))
let turn = Promise.resolve()

parentPort?.on('message', (sent: Sent) => {
  turn = turn.then(async () => parentPort?.postMessage(await replyTo(sent)))
})

async function replyTo(sent: Sent): Promise<Reply> {
  const { number } = sent
  try {
    const found = await answer(library, sent)
    return found instanceof WrittenAnswer ? { number, json: found.json } : { number, answer: found }
  } catch (thrown) {
    if (thrown instanceof Refusal) return { number, problem: thrown.problem, more: thrown.more }
    const code = (thrown as { code?: unknown } | null)?.code
    return {
      number,
      failed: thrown instanceof Error ? thrown.message : 'unknown',
      ...(typeof code === 'string' ? { code } : {}),
    }
  }
}
