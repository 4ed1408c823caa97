import { isMoney } from '@multilogue/shared/commitments'
import { around, element, text, type Xml } from '../../common/xml-writer.js'
import type { Activity } from './activities.js'

/** Who publishes: an identifier of IATI's list of organisations, and a name. */
export interface Publisher {
  ref: string
  name: string
}

/* Codes of IATI 2.03; the names of their lists are those of the standard. */
const MULTILATERAL_ORGANISATION = 40
const GOVERNMENT = 10
const OTHER_ORGANISATION = 90
const DESCRIPTION = { general: 1, objectives: 2, other: 4 }
const ROLE = { funding: 1, accountable: 2, extending: 3, implementing: 4 }
const STATUS: Record<Activity['state'], number> = { agreed: 1, active: 2, completed: 4, cancelled: 5 }
const DATE = { plannedStart: 1, actualStart: 2, plannedEnd: 3, actualEnd: 4 }
const DAC_PURPOSE = 1
const SDG_TARGET = 3
const GENDER_EQUALITY = 1
const COLLABORATION = { bilateral: 1, triangular: 8 }
const STANDARD_GRANT = 110
const AID_TYPE = { donorPersonnel: 'D01', otherAssistance: 'D02' }
const TRANSACTION = { commitment: 2, disbursement: 3, pledge: 12 }
const OUTCOME = 2
const QUALITATIVE = 5

/** Activities by the schema of IATI 2.03 (https://iatistandard.org/en/iati-standard/203/), in the order that it asks for. */
export async function* iatiFile(
  activities: AsyncIterable<Activity>,
  { publisher, at }: { publisher: Publisher; at: Date },
): AsyncGenerator<string> {
  const [start, end] = around('iati-activities', { version: '2.03', 'generated-datetime': at.toISOString() })
  yield `<?xml version="1.0" encoding="UTF-8"?>\n${start}`
  for await (const activity of activities) yield String(activityOf(activity, publisher))
  yield `${end}\n`
}

const named = (
  name: string,
  attributes: Record<string, string | number | undefined>,
  words: string,
  lang?: string,
): Xml => element(name, attributes, element('narrative', { 'xml:lang': lang }, text(words)))

function activityOf(activity: Activity, { ref, name }: Publisher): Xml {
  const { id, title, language, state, changedAt, parties } = activity
  return element(
    'iati-activity',
    { 'xml:lang': language, 'last-updated-datetime': changedAt, humanitarian: 0 },
    element('iati-identifier', {}, text(`${ref}-${id}`)),
    named('reporting-org', { ref, type: MULTILATERAL_ORGANISATION }, name, 'en'),
    named('title', {}, title),
    ...described(activity),
    ...parties.map(participating),
    element('activity-status', { code: STATUS[state] }),
    ...dated(activity),
    ...placed(activity),
    ...aimed(activity),
    ...kindOf(activity),
    ...activity.commitments.flatMap((commitment) => promised(commitment, activity)),
    ...activity.outcomes.map(resultOf),
  )
}

function described({ title, scope, sought, commitments }: Activity): Xml[] {
  const inKind = commitments
    .filter(({ unit, isWithdrawn }) => !isMoney(unit) && !isWithdrawn)
    .map(({ provider, unit, confirmed, pledged }) => `${provider}: ${confirmed ?? pledged} ${unit}`)
  return [
    named('description', { type: DESCRIPTION.general }, scope || title),
    ...(sought ? [named('description', { type: DESCRIPTION.objectives }, sought)] : []),
    ...(inKind.length > 0
      ? [named('description', { type: DESCRIPTION.other }, `In kind: ${inKind.join('; ')}`, 'en')]
      : []),
  ]
}

/** Who brings money funds; who shares what it knows implements, and as the pivot of a triangle extends. */
function participating({ name, role, isCountry, givesMoney }: Activity['parties'][number]): Xml {
  const type = isCountry ? GOVERNMENT : OTHER_ORGANISATION
  const as =
    role === 'beneficiary'
      ? ROLE.accountable
      : givesMoney
        ? ROLE.funding
        : role === 'pivotal'
          ? ROLE.extending
          : ROLE.implementing
  return named('participating-org', { role: as, type }, name, 'en')
}

function dated({ agreedOn, begunOn, dueOn, endedOn }: Activity): Xml[] {
  const date = (type: number, day: string | null) =>
    day === null ? [] : [element('activity-date', { type, 'iso-date': day })]
  return [
    ...date(DATE.plannedStart, agreedOn),
    ...date(DATE.actualStart, begunOn),
    ...date(DATE.plannedEnd, dueOn),
    ...date(DATE.actualEnd, endedOn),
  ]
}

function placed({ parties }: Activity): Xml[] {
  const served = parties.find(({ role }) => role === 'beneficiary')
  return served?.alpha2 ? [element('recipient-country', { code: served.alpha2, percentage: 100 })] : []
}

function aimed({ sectors, sdgTargets, genderMarker }: Activity): Xml[] {
  const percentages = shares(sectors.length)
  return [
    ...sectors.map((code, at) => element('sector', { vocabulary: DAC_PURPOSE, code, percentage: percentages[at] })),
    ...sdgTargets.map((code) => element('tag', { vocabulary: SDG_TARGET, code })),
    ...(genderMarker === null
      ? []
      : [element('policy-marker', { vocabulary: 1, code: GENDER_EQUALITY, significance: genderMarker })]),
  ]
}

/** Whole percentages that add up to 100, as the standard asks for. */
export function shares(count: number): number[] {
  const least = Math.floor(100 / count)
  const left = 100 - least * count
  return Array.from({ length: count }, (_, at) => least + (at < left ? 1 : 0))
}

function kindOf({ parties, modalities, commitments }: Activity): Xml[] {
  const collaboration = parties.length > 2 ? COLLABORATION.triangular : COLLABORATION.bilateral
  const aid = modalities.includes('expert') ? AID_TYPE.donorPersonnel : AID_TYPE.otherAssistance
  return [
    element('collaboration-type', { code: collaboration }),
    ...(commitments.some(({ unit }) => isMoney(unit))
      ? [element('default-finance-type', { code: STANDARD_GRANT })]
      : []),
    element('default-aid-type', { code: aid }),
  ]
}

/** What was pledged until it is confirmed, then what was confirmed, and what has arrived of it. */
function promised(commitment: Activity['commitments'][number], { parties }: Activity): Xml[] {
  const { unit, provider, pledged, confirmed, delivered, pledgedOn, confirmedOn, deliveredOn, isWithdrawn } = commitment
  if (!isMoney(unit)) return []
  /** Of what was withdrawn, what had arrived. */
  const bound = isWithdrawn ? delivered : (confirmed ?? 0)
  const receiver = parties.find(({ role }) => role === 'beneficiary')!.name
  const transaction = (type: number, amount: number, day: string) =>
    element(
      'transaction',
      {},
      element('transaction-type', { code: type }),
      element('transaction-date', { 'iso-date': day }),
      element('value', { currency: unit, 'value-date': day }, text(String(amount))),
      named('provider-org', {}, provider, 'en'),
      named('receiver-org', {}, receiver, 'en'),
    )
  return [
    ...(confirmedOn === null && !isWithdrawn ? [transaction(TRANSACTION.pledge, pledged, pledgedOn)] : []),
    ...(confirmedOn !== null && bound > 0 ? [transaction(TRANSACTION.commitment, bound, confirmedOn)] : []),
    ...(deliveredOn !== null ? [transaction(TRANSACTION.disbursement, delivered, deliveredOn)] : []),
  ]
}

function resultOf({ activity, outcome, goal }: Activity['outcomes'][number]): Xml {
  const leads = [activity, goal].filter(Boolean).join(' → ')
  return element(
    'result',
    { type: OUTCOME, 'aggregation-status': 0 },
    named('title', {}, outcome),
    ...(leads ? [named('description', {}, leads)] : []),
    element('indicator', { measure: QUALITATIVE }, named('title', {}, outcome)),
  )
}
