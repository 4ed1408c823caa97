import * as actions from './actions.js'
import * as attachments from './attachments.js'
import * as assistance from './assistance.js'
import * as assistanceFigures from './assistance-figures.js'
import * as brackets from './brackets.js'
import * as carrying from './carrying.js'
import * as changeTable from './change-table.js'
import * as commitments from './commitments.js'
import * as comments from './comments.js'
import * as calendar from './calendar.js'
import * as charts from './charts.js'
import type { Contract } from './contract.js'
import * as countries from './countries.js'
import * as decisions from './decisions.js'
import * as dialogue from './dialogue.js'
import * as documents from './documents.js'
import * as exchange from './exchange.js'
import * as followUp from './follow-up.js'
import * as history from './history.js'
import * as iati from './iati.js'
import * as identity from './identity.js'
import * as informals from './informals.js'
import * as integrity from './integrity.js'
import * as languages from './languages.js'
import * as matrix from './matrix.js'
import * as matches from './matches.js'
import * as matching from './matching.js'
import * as messagePositions from './message-positions.js'
import * as messageTranslations from './message-translations.js'
import * as moderation from './moderation.js'
import * as negotiation from './negotiation.js'
import * as notices from './notices.js'
import * as overlaps from './overlaps.js'
import * as passwords from './passwords.js'
import * as plans from './plans.js'
import * as privateThreads from './private-threads.js'
import * as portal from './portal.js'
import * as presence from './presence.js'
import * as progress from './progress.js'
import * as proceedings from './proceedings.js'
import * as push from './push.js'
import * as records from './records.js'
import * as recommendations from './recommendations.js'
import * as register from './register.js'
import * as reviews from './reviews.js'
import * as roundReport from './round-report.js'
import * as rounds from './rounds.js'
import * as rules from './rules.js'
import * as savedViews from './saved-views.js'
import * as search from './search.js'
import * as seats from './seats.js'
import * as speakers from './speakers.js'
import * as trace from './trace.js'
import * as visions from './visions.js'

const rooms: object[] = [
  identity,
  passwords,
  portal,
  countries,
  charts,
  seats,
  rounds,
  rules,
  calendar,
  dialogue,
  moderation,
  messagePositions,
  attachments,
  messageTranslations,
  privateThreads,
  proceedings,
  notices,
  push,
  actions,
  speakers,
  presence,
  reviews,
  changeTable,
  records,
  roundReport,
  documents,
  exchange,
  history,
  languages,
  negotiation,
  informals,
  decisions,
  plans,
  progress,
  visions,
  recommendations,
  register,
  savedViews,
  carrying,
  assistance,
  assistanceFigures,
  iati,
  matching,
  overlaps,
  matches,
  commitments,
  brackets,
  comments,
  integrity,
  followUp,
  matrix,
  trace,
  search,
]

const isContract = (value: unknown): value is Contract =>
  typeof value === 'object' && value !== null && 'method' in value && 'path' in value && 'kind' in value

/** Every contract of every room, by name. */
export const CONTRACTS: ReadonlyMap<string, Contract> = new Map(
  rooms.flatMap((room) => Object.values(room).filter(isContract)).map((c) => [c.name, c]),
)
