import { isValid, type TableName, type Value } from '@multilogue/shared/plan-text'
import { AXES, FREQUENCIES, RESULT_LEVELS, type Plan } from '@multilogue/shared/plans'
import type { Recommendation } from '@multilogue/shared/recommendations'
import { formatDay, formatNumber, t, term } from '$lib/i18n/i18n.svelte'
import { numberOf } from '$lib/rooms/recommendations/names'

/** `list`: words with commas between; `many`, `one`: chosen from what there is. */
type Kind = 'line' | 'text' | 'day' | 'amount' | 'code' | 'list' | 'one' | 'many'

export interface Column {
  field: string
  kind: Kind
  /** In `em`. */
  width: number
}

const column = (field: string, kind: Kind, width: number): Column => ({ field, kind, width })

/** The first names the row. */
export const COLUMNS: Record<TableName, Column[]> = {
  items: [
    column('activity', 'text', 20),
    column('lead', 'line', 8),
    column('partners', 'list', 10),
    column('start', 'day', 9),
    column('due', 'day', 9),
    column('budget', 'amount', 8),
    column('currency', 'code', 6),
    column('genderMarker', 'one', 10),
    column('targets', 'list', 8),
    column('lane.5c', 'one', 9),
    column('lane.axis', 'one', 10),
    column('recommendations', 'many', 12),
    column('resultId', 'one', 16),
  ],
  results: [column('statement', 'text', 24), column('level', 'one', 9), column('parentId', 'one', 20)],
  indicators: [
    column('title', 'text', 18),
    column('resultId', 'one', 16),
    column('itemId', 'one', 16),
    column('unit', 'line', 8),
    column('baseline', 'line', 8),
    column('target', 'line', 8),
    column('method', 'text', 14),
    column('source', 'line', 12),
    column('responsible', 'line', 10),
    column('frequency', 'one', 10),
    column('disaggregation', 'line', 12),
  ],
}

export const fieldName = (field: string): string => term(`plans.field.${field}`)

export interface Choice {
  value: string
  label: string
}

/** What the choices of a plan are made from. */
export interface Offered {
  plan: Plan
  recommendations: Recommendation[]
}

const named = (group: string, values: readonly string[]): Choice[] =>
  values.map((value) => ({ value, label: term(`plans.${group}.${value}`) }))

export function choicesOf(table: TableName, field: string, { plan, recommendations }: Offered, id: string): Choice[] {
  switch (field) {
    case 'genderMarker':
      return named('gender', ['0', '1', '2'])
    case 'lane.5c':
      return named('lane', AXES['5c'])
    case 'lane.axis':
      return named('lane', AXES.axis)
    case 'level':
      return named('level', RESULT_LEVELS)
    case 'frequency':
      return named('frequency', FREQUENCIES)
    case 'recommendations':
      return recommendations.map((one) => ({ value: one.id, label: `${numberOf(one)} ${one.title}` }))
    case 'itemId':
      return plan.items.map((item) => ({ value: item.id, label: item.activity || t('plans.untitled') }))
    default:
      return plan.results
        .filter((result) => result.id !== id && (table !== 'items' || result.level === 'activity'))
        .map((result) => ({ value: result.id, label: result.statement || t('plans.untitled') }))
  }
}

/** What somebody typed, as the field's value; what cannot be read stays as it was typed. */
export function parsed({ kind, field }: Column, typed: string | string[]): Value {
  if (Array.isArray(typed)) return typed
  const words = typed.trim()
  if (kind === 'list')
    return [...new Set(words.split(/[,;،、，]/).map((word) => word.trim()))].filter((word) => word !== '')
  if (kind === 'amount') return words.replaceAll(/[\s\u00a0\u202f]/g, '').replace(/,(\d{1,2})$/, '.$1')
  if (kind === 'code') return words.toUpperCase()
  return field === 'genderMarker' && /^[012]$/.test(words) ? Number(words) : words
}

export const isAccepted = (table: TableName, field: string, value: Value): boolean =>
  value === '' || (Array.isArray(value) && value.length === 0) || isValid(table, field, value)

/** The value as it is edited. */
export function editable(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** The value as it is read. */
export function shown(table: TableName, { kind, field }: Column, value: unknown, offered: Offered): string {
  const text = editable(value)
  if (text === '') return ''
  if (kind === 'day' && isValid(table, field, text)) return formatDay(text)
  if (kind === 'amount' && isValid(table, field, text)) return formatNumber(Number(text))
  if (kind !== 'one' && kind !== 'many') return text
  const choices = choicesOf(table, field, offered, '')
  const all = Array.isArray(value) ? (value as unknown[]).map(String) : [text]
  return all
    .map((each) => choices.find(({ value: known }) => known === each)?.label ?? labelElsewhere(each, offered))
    .join(', ')
}

/** A result of another level can be in the field all the same. */
const labelElsewhere = (value: string, { plan }: Offered): string =>
  plan.results.find(({ id }) => id === value)?.statement ?? '?'
