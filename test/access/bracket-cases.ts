import { addAlternative, closeBracket, openBracket } from '@multilogue/shared/brackets'
import type { NegotiationThings } from './negotiation-things.js'
import { kase, MEMBERS, PEN, type Case } from './roles.js'

const GHANA = ['gha.head', 'gha.adviser'] as const
const FROZEN = 'text-not-writable'

/** Brackets in a text, and in the text of a proposal, in every state that matters. */
export const bracketCases = (here: { negotiation: NegotiationThings }): Case[] => [
  kase({
    act: openBracket,
    state: 'drafting',
    may: [...MEMBERS, ...PEN],
    given: () => here.negotiation.toBracket('drafting'),
  }),
  kase({ act: openBracket, state: 'negotiating', may: PEN, no: FROZEN, given: () => here.negotiation.toBracket() }),
  kase({
    act: openBracket,
    state: 'frozen',
    may: [],
    no: FROZEN,
    entitled: 'facilitator',
    given: () => here.negotiation.toBracket('frozen'),
  }),
  kase({
    act: openBracket,
    state: "in Ghana's draft of a proposal",
    may: GHANA,
    hidden: true,
    given: () => here.negotiation.toBracketADraft(),
  }),
  kase({
    act: addAlternative,
    state: "Ghana's, drafting",
    may: [...MEMBERS, ...PEN],
    given: () => here.negotiation.alternative(),
  }),
  kase({
    act: closeBracket,
    state: "Ghana's, drafting",
    may: [...GHANA, ...PEN],
    given: () => here.negotiation.bracketed(),
  }),
  kase({
    act: closeBracket,
    state: "Ghana's, negotiating",
    may: PEN,
    no: FROZEN,
    given: () => here.negotiation.bracketed('negotiating'),
  }),
  kase({
    act: closeBracket,
    state: 'closed already',
    may: [],
    no: 'wrong-state',
    entitled: 'facilitator',
    given: () => here.negotiation.unbracketed(),
  }),
]
