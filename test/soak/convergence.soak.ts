import { it } from '@jest/globals'
import { converge, UndoneWrongly } from '../collab/converge.js'

const FIRST = Number(process.env.SOAK_FIRST ?? 1)
const COUNT = Number(process.env.SOAK_COUNT ?? 10_000)
const EVERY = 500

const say = (sentence: string): boolean => process.stdout.write(`${sentence}\n`)

it(
  'all copies end equal to the log',
  async () => {
    const failed: number[] = []
    const undoneWrongly: number[] = []
    for (let seed = FIRST; seed < FIRST + COUNT; seed++) {
      await converge(seed).catch((thrown: Error) => {
        if (thrown instanceof UndoneWrongly) return void undoneWrongly.push(seed)
        failed.push(seed)
        say(thrown.message)
      })
      const done = seed - FIRST + 1
      if (done % EVERY === 0 || done === COUNT) say(`${done} of ${COUNT} seeds, ${failed.length} failed`)
    }
    if (undoneWrongly.length > 0) say(`Not counted, an undo that Yjs itself got wrong: ${undoneWrongly.join(', ')}`)
    if (failed.length > 0) throw new Error(`failed with the seeds ${failed.join(', ')}`)
  },
  2 ** 31 - 1,
)
