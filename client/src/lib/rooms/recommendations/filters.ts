import {
  FLAGS,
  FORCES,
  IMPLEMENTATION_STATUSES,
  PRIORITIES,
  RESPONSES,
  SOURCES,
  type Recommendation,
} from '@multilogue/shared/recommendations'
import { numberOf, PROCEDURE, stageOf, type Stage } from './names.js'

export const STAGES: Stage[] = [...PROCEDURE, ...IMPLEMENTATION_STATUSES]
const GOALS = Array.from({ length: 17 }, (_, at) => String(at + 1))

/** What the values of a filter are; undefined where the list itself says what there is. */
const VALUES = {
  text: undefined,
  stage: STAGES,
  flag: FLAGS,
  /** Code of a delegation. */
  addressee: undefined,
  response: RESPONSES,
  priority: PRIORITIES,
  force: FORCES,
  /** Of the Sustainable Development Goals, the number. */
  goal: GOALS,
  source: SOURCES,
} as const

export type FilterName = keyof typeof VALUES
type Value<Name extends FilterName> = (typeof VALUES)[Name] extends readonly (infer Known)[] ? Known | '' : string
/** What the list is narrowed to; it stands in the address, so a narrowed list can be sent to somebody. Empty: to nothing. */
export type Filters = { [Name in FilterName]: Value<Name> }

export const FILTER_NAMES = Object.keys(VALUES) as FilterName[]
/** In the address, a stage is called what it is called on the page. */
const inAddress = (name: FilterName) => (name === 'stage' ? 'status' : name)

/** Values that do not exist are passed over. */
export const filtersIn = (query: URLSearchParams): Filters =>
  Object.fromEntries(
    FILTER_NAMES.map((name) => {
      const [value, known] = [query.get(inAddress(name)) ?? '', VALUES[name] as readonly string[] | undefined]
      return [name, known === undefined || known.includes(value) ? value : '']
    }),
  ) as Filters

export const NO_FILTERS = filtersIn(new URLSearchParams())

/** The query part of the address, with `?` unless it is empty. */
export function queryOf(filters: Filters): string {
  const entries = FILTER_NAMES.map((name) => [inAddress(name), filters[name]]).filter(([, value]) => value !== '')
  return entries.length > 0 ? `?${new URLSearchParams(entries)}` : ''
}

const TESTS: { [Name in FilterName]: (r: Recommendation, value: Value<Name>) => boolean } = {
  text: (r, text) => {
    const words = text.trim().toLocaleLowerCase()
    return [numberOf(r), r.title, r.action, r.owner, r.measure, r.rationale, ...r.sdgTargets].some((value) =>
      value.toLocaleLowerCase().includes(words),
    )
  },
  stage: (r, stage) => stageOf(r) === stage,
  flag: ({ flags }, flag) => flags.some((one) => one === flag),
  addressee: ({ addressees }, code) => addressees.some((one) => one.code === code),
  response: ({ state, addressees }, response) =>
    state === 'adopted' && addressees.some((one) => one.response === response),
  priority: ({ priority }, value) => priority === value,
  force: ({ force }, value) => force === value,
  goal: ({ sdgTargets }, goal) => sdgTargets.some((target) => target.split('.')[0] === goal),
  source: ({ source }, kind) => source.kind === kind,
}

export function narrow(list: Recommendation[], filters: Filters): Recommendation[] {
  const isIn = <Name extends FilterName>(r: Recommendation, name: Name) => TESTS[name](r, filters[name])
  const chosen = FILTER_NAMES.filter((name) => filters[name] !== '')
  return list.filter((r) => chosen.every((name) => isIn(r, name)))
}
