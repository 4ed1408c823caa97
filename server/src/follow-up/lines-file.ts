import { CSV_MARK, csvLine } from '@multilogue/shared/csv'
import type { Language } from '@multilogue/shared/language'
import type { MatrixLine } from '@multilogue/shared/matrix'
import { say } from '../words/words.js'

/** The matrix as comma-separated values, made while it is read. */
export async function* linesFile(lines: AsyncIterable<MatrixLine>, language: Language): AsyncGenerator<string> {
  const column = (name: (typeof COLUMNS)[number]) => say(language, `register.column.${name}`)
  yield CSV_MARK + csvLine([...COLUMNS.map(column), say(language, 'matrix.lastReport')])
  for await (const line of lines) yield csvLine(cellsOf(line, language))
}

const COLUMNS = [
  ...(['number', 'title', 'addressees', 'owner', 'dueOn', 'response', 'stage', 'assurance', 'flags'] as const),
]

const cellsOf = (line: MatrixLine, language: Language): string[] => [
  `R${line.roundNumber}-${line.number}`,
  line.title,
  `${line.code} ${line.name}`,
  line.owner,
  line.dueOn ?? '',
  say(language, `register.response.${line.response}`),
  say(language, `register.stage.${line.status}`),
  say(language, `register.assurance.${line.assurance}`),
  line.flags.map((flag) => say(language, `register.flag.${flag}`)).join('; '),
  line.lastReport?.slice(0, 10) ?? '',
]
