import * as Y from 'yjs'
import { z } from 'zod'
import { byPlace, isPlace } from './order.js'
import {
  AXES,
  AXIS_NAMES,
  Frequency,
  GenderMarker,
  PRINCIPLES,
  ResultLevel,
  type FieldProblem,
  type Plan,
  type PlanItem,
} from './plans.js'
import { Day, Id, SdgTarget } from './values.js'

/**
 * Where an action plan stands in its Yjs document, beside the narrative: the maps `items`, `results` and
 * `indicators` hold one map per row, under the row's uuid, and in it one value per field; `principles` holds one
 * value per principle, and one per justification. Every edit sets one value, so two people in two fields of one row
 * both win. A list is one value. What is empty is not there.
 */
export const TABLES = ['items', 'results', 'indicators'] as const
export type TableName = (typeof TABLES)[number]
export type Value = string | number | string[]

/** What PostgreSQL cannot keep, or half a character, is no text. */
const isText = (text: string): boolean => !/\u0000|\p{Surrogate}/u.test(text)
const written = (most: number) => z.string().max(most).refine(isText)
const words = written(2000)
const name = written(300)
const decimal = z.string().regex(/^\d{1,15}(\.\d{1,2})?$/)
const currency = z.string().regex(/^[A-Z]{3}$/)
const place = z.string().refine(isPlace)

/** Every field of a table and what may stand in it. */
export const FIELDS = {
  items: {
    activity: words,
    lead: name,
    partners: z.array(name).max(50),
    start: Day,
    due: Day,
    budget: decimal,
    currency,
    genderMarker: GenderMarker,
    targets: z.array(SdgTarget).max(20),
    'lane.5c': z.enum(AXES['5c']),
    'lane.axis': z.enum(AXES.axis),
    recommendations: z.array(Id).max(50),
    resultId: Id,
    order: place,
  },
  results: { level: ResultLevel, parentId: Id, statement: words, order: place },
  indicators: {
    resultId: Id,
    itemId: Id,
    title: name,
    unit: name,
    baseline: name,
    target: name,
    method: words,
    source: name,
    responsible: name,
    frequency: Frequency,
    disaggregation: name,
    order: place,
  },
} as const satisfies Record<TableName, Record<string, z.ZodType>>

/** More rows than any plan has; what comes after them is not read. */
const MOST = 1000

/** Whether a field can hold the value. */
export function isValid(table: TableName, field: string, value: unknown): boolean {
  const kinds: Record<string, z.ZodType> = FIELDS[table]
  return kinds[field]?.safeParse(value).success ?? false
}

export const lanesField = (axis: keyof typeof AXES): string => `lane.${axis}`

/** Sets one field; an empty value takes it away. */
export function setField(doc: Y.Doc, table: TableName, id: string, field: string, value: Value): void {
  const row = doc.getMap(table).get(id)
  if (!(row instanceof Y.Map)) return
  const isEmpty = value === '' || (Array.isArray(value) && value.length === 0)
  if (!isEmpty) row.set(field, value)
  else if (row.has(field)) row.delete(field)
}

/** The row is one value of its own when it is made; every field changes by itself from then on. */
export function addRow(doc: Y.Doc, table: TableName, id: string, fields: Record<string, Value>): void {
  doc.getMap(table).set(id, new Y.Map(Object.entries(fields)))
}

export const removeRow = (doc: Y.Doc, table: TableName, id: string): void => doc.getMap(table).delete(id)

/** @param met  null takes the answer away */
export function setPrinciple(doc: Y.Doc, principle: string, met: boolean | null): void {
  if (met === null) doc.getMap('principles').delete(principle)
  else doc.getMap('principles').set(principle, met)
}
export const setJustification = (doc: Y.Doc, principle: string, text: string): void =>
  void doc.getMap('principles').set(`${principle}.why`, text)

/** The plan in a document, in the order of its rows; what is invalid is empty, and told in the row's problems. */
export function readPlanText(doc: Y.Doc): Plan {
  const principles = doc.getMap('principles')
  return {
    items: rowsOf(doc, 'items').map(itemOf),
    results: rowsOf(doc, 'results').map(({ id, problems, has }) => ({
      id,
      problems,
      order: has('order') ?? '',
      level: has('level') ?? null,
      parentId: has('parentId') ?? null,
      statement: has('statement') ?? '',
    })),
    indicators: rowsOf(doc, 'indicators').map(({ id, problems, has }) => ({
      id,
      problems,
      order: has('order') ?? '',
      resultId: has('resultId') ?? null,
      itemId: has('itemId') ?? null,
      title: has('title') ?? '',
      unit: has('unit') ?? '',
      baseline: has('baseline') ?? '',
      target: has('target') ?? '',
      method: has('method') ?? '',
      source: has('source') ?? '',
      responsible: has('responsible') ?? '',
      frequency: has('frequency') ?? null,
      disaggregation: has('disaggregation') ?? '',
    })),
    principles: PRINCIPLES.map((principle) => {
      const [met, why] = [principles.get(principle), principles.get(`${principle}.why`)]
      return {
        name: principle,
        met: typeof met === 'boolean' ? met : null,
        justification: typeof why === 'string' ? why.slice(0, 2000) : '',
      }
    }),
  }
}

type Fields<T extends TableName> = { [F in keyof (typeof FIELDS)[T]]: z.infer<(typeof FIELDS)[T][F]> }
interface Row<T extends TableName> {
  id: string
  problems: FieldProblem[]
  /** The field's value, when it is there and can be taken. */
  has: <F extends keyof Fields<T>>(field: F) => Fields<T>[F] | undefined
}

function rowsOf<T extends TableName>(doc: Y.Doc, table: T): Row<T>[] {
  const kinds: Record<string, z.ZodType> = FIELDS[table]
  const found: (Row<T> & { order: string })[] = []
  for (const [id, row] of doc.getMap(table)) {
    if (!(row instanceof Y.Map) || !Id.safeParse(id).success) continue
    const taken = new Map<string, unknown>()
    const problems: FieldProblem[] = []
    for (const [field, kind] of Object.entries(kinds)) {
      if (!row.has(field)) continue
      const parsed = kind.safeParse(row.get(field))
      if (parsed.success) taken.set(field, parsed.data)
      else if (field !== 'order') problems.push({ field, problem: 'invalid' })
    }
    const has: Row<T>['has'] = (field) => taken.get(String(field)) as never
    found.push({ id, problems, has, order: (taken.get('order') as string | undefined) ?? '' })
  }
  return found.sort(byPlace).slice(0, MOST)
}

function itemOf({ id, problems, has }: Row<'items'>): PlanItem {
  const [start, due] = [has('start') ?? null, has('due') ?? null]
  const [budget, currencyCode] = [has('budget') ?? null, has('currency') ?? null]
  const of = (field: string) => problems.some((problem) => problem.field === field)
  if (start && due && due < start) problems.push({ field: 'due', problem: 'before-start' })
  if (budget !== null && currencyCode === null && !of('currency'))
    problems.push({ field: 'currency', problem: 'no-currency' })
  return {
    id,
    problems,
    order: has('order') ?? '',
    activity: has('activity') ?? '',
    lead: has('lead') ?? '',
    partners: has('partners') ?? [],
    start,
    due,
    budget,
    currency: currencyCode,
    genderMarker: has('genderMarker') ?? null,
    targets: has('targets') ?? [],
    lanes: { '5c': has('lane.5c') ?? null, axis: has('lane.axis') ?? null },
    recommendations: has('recommendations') ?? [],
    resultId: has('resultId') ?? null,
  }
}

/** The maps that an open plan watches, and that undoing reaches. */
export const planMaps = (doc: Y.Doc): Y.Map<unknown>[] => [...TABLES, 'principles'].map((table) => doc.getMap(table))
export const isAxis = (text: string): text is keyof typeof AXES => AXIS_NAMES.some((axis) => axis === text)
