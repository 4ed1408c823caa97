import { directionOf, type Language } from '@multilogue/shared/language'
import type { Recommendation } from '@multilogue/shared/recommendations'
import { SHEET_COLUMNS } from '@multilogue/shared/register'
import { say } from '../../words/words.js'
import type { Table } from './table.js'

/** What stands behind the columns that can be read in again. */
const FOLLOWING = ['number', 'response', 'stage', 'assurance', 'flags', 'missing'] as const

/** The register as a table: the columns of a template, then where each recommendation stands. */
export function registerTable(list: readonly Recommendation[], language: Language): Table {
  const columns = [...SHEET_COLUMNS, ...FOLLOWING]
  return {
    name: say(language, 'register.file'),
    isRtl: directionOf(language) === 'rtl',
    heads: columns.map((column) => say(language, `register.column.${column}`)),
    lines: list.map((one) => lineOf(one, language)),
    days: new Set([SHEET_COLUMNS.indexOf('dueOn')]),
  }
}

function lineOf(one: Recommendation, language: Language): string[] {
  const { addressees, state } = one
  const isAdopted = state === 'adopted'
  const cells: Record<(typeof SHEET_COLUMNS)[number] | (typeof FOLLOWING)[number], string> = {
    ...{ title: one.title, action: one.action, rationale: one.rationale, owner: one.owner, measure: one.measure },
    addressees: addressees.map(({ code }) => code).join('; '),
    force: say(language, `register.force.${one.force}`),
    priority: one.priority ? say(language, `register.priority.${one.priority}`) : '',
    dueOn: one.dueOn ?? '',
    sdgTargets: one.sdgTargets.join('; '),
    language: one.language,
    number: `R${one.roundNumber}-${one.number}`,
    response: isAdopted
      ? addressees.map(({ code, response }) => `${code}: ${say(language, `register.response.${response}`)}`).join('; ')
      : '',
    stage: say(language, `register.stage.${isAdopted ? one.status : state}`),
    assurance: isAdopted
      ? addressees
          .map(({ code, assurance }) => `${code}: ${say(language, `register.assurance.${assurance}`)}`)
          .join('; ')
      : '',
    flags: one.flags.map((flag) => say(language, `register.flag.${flag}`)).join('; '),
    missing: one.missing.map((part) => say(language, `register.part.${part}`)).join('; '),
  }
  return [...SHEET_COLUMNS, ...FOLLOWING].map((column) => cells[column])
}
