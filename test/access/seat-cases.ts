import { planRound } from '@multilogue/shared/rounds'
import { endSeat, giveSeat, inviteAgain } from '@multilogue/shared/seats'
import { kase, type Case, type Here } from './roles.js'

const MANAGERS = ['secretariat', 'admin'] as const

/** Who plans rounds, and who gives and ends seats. */
export const seatCases = (here: Here): Case[] => {
  const given = (role: 'head' | 'adviser' | 'chair', of: 'GHA' | 'REJ' | null) => () =>
    Promise.resolve({
      roundId: here.round.roundId,
      delegationId: of && here.round.delegations[of],
      role,
      email: `${here.unique('s')}@example.org`,
      name: 'Somebody New',
      language: 'en' as const,
    })
  return [
    kase({
      act: giveSeat,
      state: 'of an adviser of Ghana',
      may: ['gha.head', ...MANAGERS],
      given: given('adviser', 'GHA'),
    }),
    kase({ act: giveSeat, state: 'of the head of Ghana', may: MANAGERS, given: given('head', 'GHA') }),
    kase({
      act: giveSeat,
      state: 'of an adviser of a delegation whose credentials were rejected',
      may: MANAGERS,
      given: given('adviser', 'REJ'),
    }),
    kase({ act: giveSeat, state: 'of a chair', may: MANAGERS, given: given('chair', null) }),
    kase({
      act: giveSeat,
      state: 'a role of a delegation, in none',
      may: [],
      no: 'invalid-input',
      entitled: 'secretariat',
      given: given('adviser', null),
    }),
    kase({
      act: inviteAgain,
      state: "of Ghana's expert",
      may: MANAGERS,
      given: () => here.things.seatToEnd(),
    }),
    kase({
      act: endSeat,
      state: "of Ghana's expert",
      may: ['gha.head', ...MANAGERS],
      given: () => here.things.seatToEnd(),
    }),
    kase({
      act: planRound,
      state: 'after this one',
      may: MANAGERS,
      // An earlier number: the seat of the newest round acts where none is named.
      given: () =>
        Promise.resolve({
          ...{ number: 1, title: 'A round', place: 'Vienna', opens: '2028-06-08', closes: '2028-06-10' },
          symbolPrefix: here.unique('R.'),
          previousId: here.round.roundId,
        }),
    }),
  ]
}
