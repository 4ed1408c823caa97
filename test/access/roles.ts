import type { Contract, RawInputOf } from '@multilogue/shared/contract'
import type { SmallRound } from '../support/small-round.js'
import type { AssistanceThings } from './assistance-things.js'
import type { CarryingThings } from './carrying-things.js'
import type { CommentThings } from './comment-things.js'
import type { CountryThings } from './country-things.js'
import type { DecisionThings } from './decision-things.js'
import type { DialogueThings } from './dialogue-things.js'
import type { LanguageThings } from './language-things.js'
import type { NegotiationThings } from './negotiation-things.js'
import type { RecordThings } from './record-things.js'
import type { ReviewThings } from './review-things.js'
import type { SpeakerThings } from './speaker-things.js'
import type { Things } from './things.js'
import type { VisionThings } from './vision-things.js'

/** Everybody who tries; `outsider` is the secretariat of another round. */
export const ROLES = [
  'gha.head',
  'gha.adviser',
  'eth.head',
  'deu.head',
  'rej.head',
  'unctad.head',
  'agi.head',
  'chair',
  'facilitator',
  'rapporteur',
  'secretariat',
  'admin',
  'outsider',
] as const
export type Role = (typeof ROLES)[number]

export interface Case<C extends Contract = Contract> {
  act: C
  state: string
  may: readonly Role[]
  /** How the others are refused; a seat of another round always finds nothing. */
  no?: string
  /** To some the object is not there at all. */
  hidden?: true
  /** Who would be allowed, were it not for a state in which nobody is. */
  entitled?: Role
  /** Makes the object in its state. @returns what is sent */
  given: () => Promise<RawInputOf<C>>
}

export const kase = <C extends Contract>(one: Case<C>): Case => one

export interface Here {
  things: Things
  assistance: AssistanceThings
  carrying: CarryingThings
  comments: CommentThings
  countries: CountryThings
  decisions: DecisionThings
  dialogue: DialogueThings
  negotiation: NegotiationThings
  languages: LanguageThings
  records: RecordThings
  reviews: ReviewThings
  speakers: SpeakerThings
  visions: VisionThings
  round: SmallRound
  /** A code that no other case uses. */
  unique: (letter: string) => string
}

export const SECRETARIAT = ['secretariat'] as const
export const CONDUCT = ['chair', 'secretariat'] as const
export const HEADS = ['gha.head', 'eth.head', 'deu.head'] as const
export const MEMBERS = ['gha.head', 'gha.adviser', 'eth.head', 'deu.head'] as const
export const FUNCTIONS = ['chair', 'facilitator', 'rapporteur', 'secretariat'] as const
export const PEN = ['chair', 'facilitator'] as const
export const DELEGATIONS = [...MEMBERS, 'unctad.head', 'agi.head'] as const
