import { LANGUAGES, type Language } from '@multilogue/shared/language'
import {
  NEEDED_COLUMNS,
  SHEET_FAULTS_TOLD,
  type SheetCheck,
  type SheetColumn,
  type SheetFault,
} from '@multilogue/shared/register'
import { isTarget } from '@multilogue/shared/sdg'
import { Day, Line, OptionalLine, OptionalParagraph } from '@multilogue/shared/values'
import type { New } from '../making.js'
import { columnIn, forceIn, priorityIn } from './in-words.js'
import type { Cell } from './table.js'

/** What a table is judged by. */
export interface Ground {
  language: Language
  /** First day of the round. */
  opens: string
  parties: readonly { id: string; code: string; name: string; kind: string }[]
  /** What the register has already, as `sameness` names it. */
  standing: ReadonlySet<string>
}

export interface Checked extends SheetCheck {
  made: (New & { row: number })[]
}

type Kind = SheetFault['kind']
type Tell = (column: SheetColumn | null, kind: Kind, value?: string) => void

const LINE = { schema: OptionalLine, max: 300 }
const PARAGRAPH = { schema: OptionalParagraph, max: 4000 }
const TEXTS = { title: { ...LINE, schema: Line }, action: PARAGRAPH, rationale: PARAGRAPH, owner: LINE, measure: LINE }
const ERRORS = /^#(REF!|N\/A|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!|SPILL!|CALC!)$/
const TARGETS = 20
const SHOWN = 120

/** Two recommendations that say the same to the same are one; a party has its code in every round. */
export const sameness = (one: { title: string; action: string }, codes: readonly string[]): string =>
  JSON.stringify([one.title.toLocaleLowerCase(), one.action.toLocaleLowerCase(), [...codes].sort()])

/** Reads the rows of a table, heads first, and tells all that is wrong with it. */
export function checkSheet([heads = [], ...lines]: Cell[][], ground: Ground): Checked {
  const faults: SheetFault[] = []
  const { places, ignored } = placesOf(heads.map(String), ground.language, faults)
  const filled = lines
    .map((cells, i) => ({ cells, row: i + 2 }))
    .filter(({ cells }) => cells.some((cell) => cell !== ''))
  if (filled.length === 0) faults.push({ row: 1, column: null, kind: 'no_rows', value: '' })
  const isWhole = !faults.some(({ row }) => row === 1)
  const read = readerOf(ground)
  const seen = new Map<string, number>()
  const codes = new Map(ground.parties.map(({ id, code }) => [id, code]))
  const made = !isWhole
    ? []
    : filled.map(({ cells, row }) => {
        const tell: Tell = (column, kind, value = '') =>
          faults.push({ row, column, kind, value: value.slice(0, SHOWN) })
        const one = read((column) => cells[places.get(column) ?? -1] ?? '', tell)
        const name = sameness(
          one,
          one.addresseeIds.map((id) => codes.get(id)!),
        )
        const first = seen.get(name)
        if (first !== undefined) tell(null, 'duplicate', String(first))
        else if (ground.standing.has(name)) tell(null, 'already_there')
        else if (one.title !== '') seen.set(name, row)
        return { ...one, row }
      })
  const told = faults.slice(0, SHEET_FAULTS_TOLD)
  return { rows: filled.length, count: faults.length, faults: told, ignored, made: faults.length === 0 ? made : [] }
}

function placesOf(heads: readonly string[], language: Language, faults: SheetFault[]) {
  const [places, ignored] = [new Map<SheetColumn, number>(), [] as string[]]
  const named = columnIn(language)
  for (const [place, head] of heads.entries()) {
    const column = named(head)
    if (!column && head !== '') ignored.push(head.slice(0, SHOWN))
    if (!column) continue
    if (places.has(column)) faults.push({ row: 1, column, kind: 'twice_column', value: head.slice(0, SHOWN) })
    places.set(column, place)
  }
  for (const column of NEEDED_COLUMNS)
    if (!places.has(column)) faults.push({ row: 1, column, kind: 'missing_column', value: '' })
  return { places, ignored }
}

/** Reads one row. What is wrong is told, and something harmless stands in its place. */
function readerOf({ language, opens, parties }: Ground) {
  const [force, priority] = [forceIn(language), priorityIn(language)]
  const byName = new Map(parties.flatMap((p) => [p.code, p.name].map((name) => [name.toLocaleLowerCase(), p] as const)))

  return (valueIn: (column: SheetColumn) => Cell, tell: Tell): New => {
    const cell = (column: SheetColumn) => String(valueIn(column))
    const text = (column: keyof typeof TEXTS): string => {
      const words = cell(column).replace(/\r\n?/g, '\n')
      const refused = ERRORS.test(words) ? 'cell_error' : faultIn(TEXTS[column], words)
      if (refused) tell(column, refused, words)
      return words
    }
    const oneOf = <T>(column: SheetColumn, kind: Kind, of: (words: string) => T | undefined, otherwise: T): T => {
      const words = cell(column)
      const found = words === '' ? otherwise : of(words)
      if (found === undefined) tell(column, kind, words)
      return found ?? otherwise
    }
    const addresseeIds = listed(cell('addressees'), /[;,\n]/).flatMap((name) => {
      const party = byName.get(name.toLocaleLowerCase())
      if (party?.kind === 'member') return [party.id]
      tell('addressees', party ? 'not_a_member' : 'unknown_addressee', name)
      return []
    })
    if (cell('addressees') === '') tell('addressees', 'required')
    const sdgTargets = [...new Set(listed(cell('sdgTargets'), /[;,\s]/).map((target) => target.toLowerCase()))]
    const isNumber = typeof valueIn('sdgTargets') === 'number'
    for (const target of sdgTargets)
      if (!isTarget(target)) tell('sdgTargets', 'unknown_target', target)
      // A number has no zero at its end: 17.1 may have been typed as 17.10, which is another target.
      else if (isNumber && isTarget(`${target}0`)) tell('sdgTargets', 'unknown_target', `${target} / ${target}0`)
    if (sdgTargets.length > TARGETS) tell('sdgTargets', 'too_many_targets', String(sdgTargets.length))
    return {
      ...{ title: text('title'), action: text('action'), rationale: text('rationale') },
      ...{ owner: text('owner'), measure: text('measure'), sdgTargets, addresseeIds: [...new Set(addresseeIds)] },
      force: oneOf('force', 'unknown_force', force, 'voluntary'),
      priority: oneOf<New['priority']>('priority', 'unknown_priority', priority, null),
      language: oneOf('language', 'unknown_language', (w) => LANGUAGES.find((l) => l === w.toLowerCase()), language),
      dueOn: dayIn(cell('dueOn'), opens, tell),
    }
  }
}

const listed = (words: string, between: RegExp): string[] =>
  words
    .split(between)
    .map((word) => word.trim())
    .filter((word) => word !== '')

function dayIn(words: string, opens: string, tell: Tell): string | null {
  if (words === '') return null
  if (!Day.safeParse(words).success) {
    tell('dueOn', 'bad_date', words)
    return null
  }
  if (words < opens) tell('dueOn', 'before_round', words)
  return words
}

function faultIn({ schema, max }: typeof LINE | (typeof TEXTS)['title'], words: string): Kind | undefined {
  if (schema.safeParse(words).success) return undefined
  if (words === '') return 'required'
  return words.length > max ? 'too_long' : 'control_characters'
}
