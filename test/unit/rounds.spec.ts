import { expect, it } from '@jest/globals'
import { Credentials } from '@multilogue/shared/identity'
import { RoundStatus, SessionStatus } from '@multilogue/shared/rounds'
import { credentialsMay, roundMay, sessionMay } from '../../server/src/rounds/rounds.workflow.js'

/** All steps that are allowed, as `from > to`. */
const steps = (states: readonly string[], may: (from: string, to: string) => boolean) =>
  states.flatMap((from) => states.filter((to) => may(from, to)).map((to) => `${from} > ${to}`))

it('[ROUNDS-1] a round goes forward one step at a time and never back', () => {
  expect(steps(RoundStatus.options, roundMay)).toEqual([
    'planned > open',
    'open > in_session',
    'in_session > adopted',
    'adopted > follow_up',
    'follow_up > under_review',
    'under_review > closed',
  ])
})

it('[ROUNDS-2] a session is confirmed, held and ended, or cancelled before it ends', () => {
  expect(steps(SessionStatus.options, sessionMay)).toEqual([
    'draft > confirmed',
    'draft > cancelled',
    'confirmed > live',
    'confirmed > cancelled',
    'live > ended',
    'live > cancelled',
  ])
})

it('[ROUNDS-3] credentials may be reconsidered, but never become none again', () => {
  expect(steps(Credentials.options, credentialsMay)).toEqual([
    'none > provisional',
    'none > accepted',
    'none > rejected',
    'provisional > accepted',
    'provisional > rejected',
    'accepted > provisional',
    'accepted > rejected',
    'rejected > provisional',
    'rejected > accepted',
  ])
})

it('[ROUNDS-4] a state that is not known leads nowhere', () => {
  for (const may of [roundMay, sessionMay, credentialsMay])
    for (const from of ['', 'nothing']) expect(may(from, 'open')).toBe(false)
})
