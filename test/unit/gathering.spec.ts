import { describe, expect, it } from '@jest/globals'
import { Gathering } from '../../server/src/common/gathering.js'

/** Doubles numbers, one batch at a time, when it is let. */
function doubling(most = 100) {
  const batches: { numbers: number[]; answer: () => void; fail: (thrown: Error) => void }[] = []
  const gathering = new Gathering(
    (numbers: number[]) =>
      new Promise<number[]>((resolve, reject) =>
        batches.push({ numbers, answer: () => resolve(numbers.map((n) => n * 2)), fail: reject }),
      ),
    { most, pause: 0 },
  )
  return { gathering, batches }
}

/** Longer than the pause of 0 ms, which the clock rounds up to 1. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('[GATHER-1] many small questions asked as one', () => {
  it('asks a question that comes alone at once, and gathers the next while it waits', async () => {
    const { gathering, batches } = doubling()
    const first = gathering.ask(1)
    const later = [gathering.ask(3), gathering.ask(4)]
    await settled()
    expect(batches.map(({ numbers }) => numbers)).toEqual([[1]])
    batches[0]?.answer()
    expect(await first).toBe(2)
    await settled()
    expect(batches.map(({ numbers }) => numbers)).toEqual([[1], [3, 4]])
    batches[1]?.answer()
    expect(await Promise.all(later)).toEqual([6, 8])
  })

  it('asks no more than it may at once', async () => {
    const { gathering, batches } = doubling(2)
    const answers = Promise.all([1, 2, 3, 4].map((n) => gathering.ask(n)))
    for (let at = 0; at < 3; at++) {
      await settled()
      batches[at]?.answer()
    }
    expect(await answers).toEqual([2, 4, 6, 8])
    expect(batches.map(({ numbers }) => numbers)).toEqual([[1], [2, 3], [4]])
  })

  it('fails for those of the batch that failed, and goes on', async () => {
    const { gathering, batches } = doubling()
    const failing = gathering.ask(1)
    await settled()
    const next = gathering.ask(2)
    batches[0]?.fail(new Error('the database is away'))
    await expect(failing).rejects.toThrow('the database is away')
    await settled()
    batches[1]?.answer()
    expect(await next).toBe(4)
  })
})
