import { directionOf, LANGUAGES, type Language } from '@multilogue/shared/language'
import { SHEET_COLUMNS, type SheetFormat } from '@multilogue/shared/register'
import { FORCES, PRIORITIES } from '@multilogue/shared/recommendations'
import { say } from '../../words/words.js'
import { csvFile } from './to-csv.js'
import { xlsxFile } from './to-xlsx.js'

/** An empty table to be filled in; a workbook lets choose what can be chosen and lists the codes of the addressees. */
export function templateFile(format: SheetFormat, language: Language, codes: readonly string[]): Uint8Array {
  const heads = SHEET_COLUMNS.map((column) => say(language, `register.column.${column}`))
  if (format === 'csv') return csvFile({ heads, lines: [] })
  const isRtl = directionOf(language) === 'rtl'
  const at = (column: (typeof SHEET_COLUMNS)[number]) => SHEET_COLUMNS.indexOf(column)
  const forces = FORCES.map((force) => say(language, `register.force.${force}`))
  const priorities = PRIORITIES.map((priority) => say(language, `register.priority.${priority}`))
  const columns = [codes, forces, priorities, LANGUAGES]
  const lines = Array.from({ length: Math.max(...columns.map(({ length }) => length)) }, (_, i) =>
    columns.map((column) => column[i] ?? ''),
  )
  return xlsxFile([
    {
      ...{ name: say(language, 'register.file'), isRtl, heads, lines: [], days: new Set([at('dueOn')]) },
      choices: new Map<number, readonly string[]>([
        [at('force'), forces],
        [at('priority'), priorities],
        [at('language'), LANGUAGES],
      ]),
    },
    {
      ...{ name: say(language, 'register.lists'), isRtl, lines },
      heads: (['addressees', 'force', 'priority', 'language'] as const).map((c) =>
        say(language, `register.column.${c}`),
      ),
    },
  ])
}
