import { endFocalPoint, nameFocalPoint } from '@multilogue/shared/countries'
import { kase, type Case, type Here } from './roles.js'

const NAMERS = ['gha.head', 'secretariat', 'admin'] as const

/** Who says whom to turn to in a delegation. */
export const countryCases = (here: Here): Case[] => [
  kase({
    act: nameFocalPoint,
    state: "of Ghana's adviser",
    may: NAMERS,
    given: () => Promise.resolve(here.countries.focalPointToName('GHA')),
  }),
  kase({
    act: nameFocalPoint,
    state: 'of a delegation whose credentials were rejected',
    may: ['secretariat', 'admin'],
    given: () => Promise.resolve(here.countries.focalPointToName('REJ')),
  }),
  kase({ act: endFocalPoint, state: "Ghana's", may: NAMERS, given: () => here.countries.focalPointToEnd() }),
]
