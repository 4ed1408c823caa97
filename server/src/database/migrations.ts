import { PeopleAndHappenings1795000000000 } from '../../../migrations/dist/1795000000000-people-and-happenings.js'
import { Rounds1795000100000 } from '../../../migrations/dist/1795000100000-rounds.js'
import { Dialogue1795000200000 } from '../../../migrations/dist/1795000200000-dialogue.js'
import { Documents1795000300000 } from '../../../migrations/dist/1795000300000-documents.js'
import { RecommendationsToResults1795000400000 } from '../../../migrations/dist/1795000400000-recommendations-to-results.js'
import { Collaboration1795000500000 } from '../../../migrations/dist/1795000500000-collaboration.js'
import { Negotiation1795000600000 } from '../../../migrations/dist/1795000600000-negotiation.js'
import { Projections1795000900000 } from '../../../migrations/dist/1795000900000-projections.js'
import { Plans1795000910000 } from '../../../migrations/dist/1795000910000-plans.js'
import { Languages1795000930000 } from '../../../migrations/dist/1795000930000-languages.js'
import { Brackets1795000960000 } from '../../../migrations/dist/1795000960000-brackets.js'
import { Visions1795000970000 } from '../../../migrations/dist/1795000970000-visions.js'
import { Credits1795000980000 } from '../../../migrations/dist/1795000980000-credits.js'
import { SplitProposals1795000986000 } from '../../../migrations/dist/1795000986000-split-proposals.js'
import { Comments1795000996000 } from '../../../migrations/dist/1795000996000-comments.js'
import { RoundRules1795000999000 } from '../../../migrations/dist/1795000999000-round-rules.js'
import { Speakers1795001000000 } from '../../../migrations/dist/1795001000000-speakers.js'
import { Decisions1795001010000 } from '../../../migrations/dist/1795001010000-decisions.js'
import { DialogueActs1795001020000 } from '../../../migrations/dist/1795001020000-dialogue-acts.js'
import { Calendar1795001030000 } from '../../../migrations/dist/1795001030000-calendar.js'
import { Records1795001040000 } from '../../../migrations/dist/1795001040000-records.js'
import { NoticesAndMail1795001050000 } from '../../../migrations/dist/1795001050000-notices-and-mail.js'
import { SessionRecords1795001060000 } from '../../../migrations/dist/1795001060000-session-records.js'
import { Talk1795001070000 } from '../../../migrations/dist/1795001070000-talk.js'
import { OrderAndInformals1795001080000 } from '../../../migrations/dist/1795001080000-order-and-informals.js'
import { Reviews1795001090000 } from '../../../migrations/dist/1795001090000-reviews.js'
import { TranslationAndAttachments1795001100000 } from '../../../migrations/dist/1795001100000-translation-and-attachments.js'
import { WebPush1795001110000 } from '../../../migrations/dist/1795001110000-web-push.js'
import { Invitations1795001120000 } from '../../../migrations/dist/1795001120000-invitations.js'
import { CarryOver1795001130000 } from '../../../migrations/dist/1795001130000-carry-over.js'
import { Countries1795001140000 } from '../../../migrations/dist/1795001140000-countries.js'
import { Matching1795001150000 } from '../../../migrations/dist/1795001150000-matching.js'
import { EvidenceWithdrawn1795001160000 } from '../../../migrations/dist/1795001160000-evidence-withdrawn.js'
import { Progress1795001170000 } from '../../../migrations/dist/1795001170000-progress.js'
import { DatesOfCooperation1795001180000 } from '../../../migrations/dist/1795001180000-dates-of-cooperation.js'
import { Register1795001190000 } from '../../../migrations/dist/1795001190000-register.js'
import { ChangeTables1795001200000 } from '../../../migrations/dist/1795001200000-change-tables.js'
import { RoundReports1795001205000 } from '../../../migrations/dist/1795001205000-round-reports.js'
import { FollowUpAtScale1795001210000 } from '../../../migrations/dist/1795001210000-follow-up-at-scale.js'
import { FocalPoints1795001220000 } from '../../../migrations/dist/1795001220000-focal-points.js'
import { SavedViews1795001230000 } from '../../../migrations/dist/1795001230000-saved-views.js'
import { ListingsByThePage1795001240000 } from '../../../migrations/dist/1795001240000-listings-by-the-page.js'
import { Coordination1795001245000 } from '../../../migrations/dist/1795001245000-coordination.js'
import { SupportInPart1795001260000 } from '../../../migrations/dist/1795001260000-support-in-part.js'

/** All migrations, oldest first. A published one is never edited. */
export const MIGRATIONS = [
  PeopleAndHappenings1795000000000,
  Rounds1795000100000,
  Dialogue1795000200000,
  Documents1795000300000,
  RecommendationsToResults1795000400000,
  Collaboration1795000500000,
  Negotiation1795000600000,
  Projections1795000900000,
  Plans1795000910000,
  Languages1795000930000,
  Brackets1795000960000,
  Visions1795000970000,
  Credits1795000980000,
  SplitProposals1795000986000,
  Comments1795000996000,
  RoundRules1795000999000,
  Speakers1795001000000,
  Decisions1795001010000,
  DialogueActs1795001020000,
  Calendar1795001030000,
  Records1795001040000,
  NoticesAndMail1795001050000,
  SessionRecords1795001060000,
  Talk1795001070000,
  OrderAndInformals1795001080000,
  Reviews1795001090000,
  TranslationAndAttachments1795001100000,
  WebPush1795001110000,
  Invitations1795001120000,
  CarryOver1795001130000,
  Countries1795001140000,
  Matching1795001150000,
  EvidenceWithdrawn1795001160000,
  Progress1795001170000,
  DatesOfCooperation1795001180000,
  Register1795001190000,
  ChangeTables1795001200000,
  RoundReports1795001205000,
  FollowUpAtScale1795001210000,
  FocalPoints1795001220000,
  SavedViews1795001230000,
  ListingsByThePage1795001240000,
  Coordination1795001245000,
  SupportInPart1795001260000,
]
