import { expect, it } from '@jest/globals'
import { PublicAnswers } from '../../server/src/http/public-answers.js'
import { StandingClock } from '../support/stage.js'

it('[ANSWERS-1] a question is worked on once for all who ask at once, and again when the answer has grown old', async () => {
  const clock = new StandingClock(new Date('2027-06-08T09:00:00Z'))
  const answers = new PublicAnswers(clock)
  let made = 0
  const ask = () => answers.get('a', 30, () => Promise.resolve(String(++made)))
  expect(await Promise.all([ask(), ask(), ask()])).toEqual(['1', '1', '1'])
  clock.moveTo('2027-06-08T09:00:29.999Z')
  expect(await ask()).toBe('1')
  clock.moveTo('2027-06-08T09:00:30Z')
  expect(await ask()).toBe('2')
})

it('[ANSWERS-2] what has failed is asked again at once', async () => {
  const answers = new PublicAnswers(new StandingClock())
  await expect(answers.get('a', 30, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  expect(await answers.get('a', 30, () => Promise.resolve('up'))).toBe('up')
})

it('[ANSWERS-3] a thousand are kept, the oldest go first', async () => {
  const answers = new PublicAnswers(new StandingClock())
  let made = 0
  const ask = (question: string) => answers.get(question, 30, () => Promise.resolve(String(++made)))
  for (let i = 0; i <= 1000; i++) await ask(String(i))
  await ask('1000')
  expect(made).toBe(1001)
  await ask('0')
  expect(made).toBe(1002)
})
