import { closeInformal, offerInformal, openInformal } from '@multilogue/shared/informals'
import { kase, PEN, type Case, type Here } from './roles.js'

/** Informal consultations of the facilitator with Ghana. */
export const informalCases = (here: Here): Case[] => [
  kase({ act: openInformal, state: 'text of the round', may: PEN, given: () => here.negotiation.toConsult() }),
  kase({
    act: openInformal,
    state: 'frozen text',
    may: [],
    entitled: 'chair',
    no: 'text-not-writable',
    given: () => here.negotiation.toConsult('frozen'),
  }),
  kase({
    act: offerInformal,
    state: 'changed',
    may: PEN,
    hidden: true,
    given: () => here.negotiation.consulted(),
  }),
  kase({
    act: offerInformal,
    state: 'closed',
    may: [],
    entitled: 'facilitator',
    no: 'wrong-state',
    hidden: true,
    given: () => here.negotiation.consulted('closed'),
  }),
  kase({ act: closeInformal, state: 'open', may: PEN, hidden: true, given: () => here.negotiation.consulted() }),
]
