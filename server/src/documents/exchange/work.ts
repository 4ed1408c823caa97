import type { StandingText } from '../history/question.js'
import type { Job, JobName, Jobs } from './jobs.js'
import { appending } from './appending.js'
import { madeFrom } from './found.js'
import { readWord } from './from-docx.js'
import { readText } from './from-text.js'
import { manuscriptOf } from './manuscript-of.js'
import { withPending } from './pending.js'
import { readSheet } from '../../recommendations/sheets/read-sheet.js'
import { withPositions } from './positions.js'
import { rewordingsOf } from './rewordings.js'
import { aknFile } from './to-akn.js'
import { wordFile } from './to-docx.js'
import { pdfFile } from './to-pdf.js'
import { textFile } from './to-text.js'

type Working = { [N in JobName]: (given: Jobs[N]['given']) => Promise<Jobs[N]['made']> | Jobs[N]['made'] }

const working: Working = {
  write({ format, heading, openedAt, issuedAt, text, pending, comments, positions }) {
    const { content, at } = parsed<StandingText>(text)
    const plain = manuscriptOf(content, heading, issuedAt ?? at ?? openedAt, comments)
    const manuscript = positions
      ? { ...plain, blocks: withPositions(plain.blocks, positions, heading.language) }
      : plain
    if (format === 'docx') return wordFile(manuscript)
    if (format === 'tracked')
      return wordFile({ ...manuscript, blocks: withPending(manuscript.blocks, pending, heading.language) }, comments)
    if (format === 'pdf') return pdfFile(manuscript)
    return new TextEncoder().encode(format === 'akn' ? aknFile(manuscript) : textFile(manuscript))
  },
  reword: ({ file, text, reader }) => rewordingsOf(made(file).paragraphs, text, reader),
  read: ({ file }) => made(file).found,
  sheet: ({ file }) => readSheet(file),
  import({ file, updates }) {
    const { content, found } = made(file)
    return { edit: content.length > 0 ? appending(content, updates) : null, found }
  },
}

export const done = async ({ name, given }: Job): Promise<unknown> =>
  (working[name] as (given: Job['given']) => unknown)(given)

/** Word files are archives; everything else is read as text, or refused. */
const made = (file: Uint8Array) => madeFrom(isArchive(file) ? readWord(file) : readText(file))

const isArchive = (file: Uint8Array): boolean => file[0] === 0x50 && file[1] === 0x4b

const parsed = <T>(json: Uint8Array): T => JSON.parse(new TextDecoder().decode(json)) as T
