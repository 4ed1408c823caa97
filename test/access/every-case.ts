import { smallRound, type SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import { assistanceCases } from './assistance-cases.js'
import { AssistanceThings } from './assistance-things.js'
import { bracketCases } from './bracket-cases.js'
import { calendarCases } from './calendar-cases.js'
import { carryingCases } from './carrying-cases.js'
import { CarryingThings } from './carrying-things.js'
import { chainCases } from './chain-cases.js'
import { commentCases } from './comment-cases.js'
import { CommentThings } from './comment-things.js'
import { countryCases } from './country-cases.js'
import { CountryThings } from './country-things.js'
import { decisionCases } from './decision-cases.js'
import { DecisionThings } from './decision-things.js'
import { dialogueCases } from './dialogue-cases.js'
import { DialogueThings } from './dialogue-things.js'
import { forumCases } from './forum-cases.js'
import { languageCases } from './language-cases.js'
import { LanguageThings } from './language-things.js'
import { informalCases } from './informal-cases.js'
import { moderationCases } from './moderation-cases.js'
import { negotiationCases } from './negotiation-cases.js'
import { NegotiationThings } from './negotiation-things.js'
import { noticeCases } from './notice-cases.js'
import { planCases } from './plan-cases.js'
import { registerCases } from './register-cases.js'
import { reviewCases } from './review-cases.js'
import { ReviewThings } from './review-things.js'
import type { Case, Here } from './roles.js'
import { RecordThings } from './record-things.js'
import { recordCases } from './record-cases.js'
import { seatCases } from './seat-cases.js'
import { speakerCases } from './speaker-cases.js'
import { SpeakerThings } from './speaker-things.js'
import { talkCases } from './talk-cases.js'
import { Things } from './things.js'
import { visionCases } from './vision-cases.js'
import { VisionThings } from './vision-things.js'

/** A place for the cases to work in, still empty: cases are listed before there is a server. */
export function emptyPlace(): Here {
  let counter = 0
  return { unique: (letter: string) => `${letter}${++counter}` } as Here
}

/** Every case of every command, in every state. */
export const everyCase = (here: Here): Case[] => [
  ...forumCases(here),
  ...seatCases(here),
  ...calendarCases(here),
  ...negotiationCases(here),
  ...bracketCases(here),
  ...languageCases(here),
  ...chainCases(here),
  ...assistanceCases(here),
  ...planCases(here),
  ...carryingCases(here),
  ...countryCases(here),
  ...registerCases(here),
  ...visionCases(here),
  ...commentCases(here),
  ...speakerCases(here),
  ...decisionCases(here),
  ...dialogueCases(here),
  ...reviewCases(here),
  ...recordCases(here),
  ...noticeCases(here),
  ...talkCases(here),
  ...moderationCases(here),
  ...informalCases(here),
]

/** Puts a round and the makers of its things into the place. */
export async function furnish(here: Here, stage: Stage, round?: SmallRound) {
  here.round = round ?? (await smallRound(stage.world))
  here.things = new Things(stage, here.round)
  here.assistance = new AssistanceThings(stage, here.round, here.things)
  here.carrying = new CarryingThings(stage, here.round, here.things)
  here.countries = new CountryThings(stage, here.round)
  here.records = new RecordThings(stage, here.things, here.round)
  here.visions = new VisionThings(stage, here.round)
  here.comments = new CommentThings(stage, here.round)
  here.decisions = new DecisionThings(stage, here.round)
  here.dialogue = new DialogueThings(stage, here.round)
  here.negotiation = new NegotiationThings(stage, here.round)
  here.reviews = new ReviewThings(stage, here.round, here.carrying)
  here.speakers = new SpeakerThings(stage, here.round)
  here.languages = new LanguageThings(stage, here.round)
}
