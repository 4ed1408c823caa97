import {
  DeletedTextRun,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  InsertedTextRun,
  LevelFormat,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  type ParagraphChild,
} from 'docx'
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate'

/** The XML parts of a Word file by name. */
export const wordParts = (bytes: Uint8Array): Record<string, string> =>
  Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]))

/** The paragraphs of the body as a reader who accepts all changes sees them, read without our own importer. */
export function wordsOfWord(bytes: Uint8Array): string[] {
  const body = wordParts(bytes)['word/document.xml']!
  return [...body.matchAll(/<w:p>(.*?)<\/w:p>/gs)].map(([, paragraph]) =>
    [...paragraph!.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(tab)\/>/g)]
      .map(([, text, tab]) => (tab ? '\t' : text))
      .join(''),
  )
}

/** What a reader of the file sees as tracked changes, read without our own importer: who, what, which words. */
export function trackedIn(bytes: Uint8Array): { kind: 'ins' | 'del'; author: string; date: string; words: string }[] {
  const body = wordParts(bytes)['word/document.xml']!
  return [...body.matchAll(/<w:(ins|del) ([^>]*[^/])>(.*?)<\/w:\1>/gs)].map(([, kind, attributes, inner]) => ({
    kind: kind as 'ins' | 'del',
    author: /w:author="([^"]*)"/.exec(attributes!)![1]!,
    date: /w:date="([^"]*)"/.exec(attributes!)![1]!,
    words: [...inner!.matchAll(/<w:(?:t|delText)(?: [^>]*)?>([^<]*)<|<w:(tab)\/>/g)]
      .map(([, text, tab]) => (tab ? '\t' : text))
      .join(''),
  }))
}

/** What a reader of the file sees as comments, read without our own importer: who said what on which words. */
export function commentsIn(bytes: Uint8Array): { author: string; said: string; on: string }[] {
  const parts = wordParts(bytes)
  const wordsIn = (xml: string) =>
    [...xml.matchAll(/<w:(?:t|delText)(?: [^>]*)?>([^<]*)</g)].map(([, text]) => text).join('')
  const body = parts['word/document.xml']!
  return [...(parts['word/comments.xml'] ?? '').matchAll(/<w:comment ([^>]*)>(.*?)<\/w:comment>/gs)].map(
    ([, attributes, inner]) => {
      const id = /w:id="(\d+)"/.exec(attributes!)![1]!
      const [, on = ''] = new RegExp(
        `<w:commentRangeStart w:id="${id}"/>(.*?)<w:commentRangeEnd w:id="${id}"/>`,
        's',
      ).exec(body)!
      return { author: /w:author="([^"]*)"/.exec(attributes!)![1]!, said: wordsIn(inner!), on: wordsIn(on) }
    },
  )
}

/** The words of each cell of each table, read without our own importer. */
export function tablesOfWord(bytes: Uint8Array): string[][][] {
  const pieces = (xml: string, tag: string) =>
    [...xml.matchAll(new RegExp(`<w:${tag}>(.*?)</w:${tag}>`, 'gs'))].map(([, inside]) => inside!)
  const words = (xml: string) => [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('')
  return pieces(wordParts(bytes)['word/document.xml']!, 'tbl').map((table) =>
    pieces(table, 'tr').map((row) => pieces(row, 'tc').map(words)),
  )
}

const change = (author: string, day: number) => ({ id: day, author, date: `2027-06-0${day}T10:00:00Z` })

/** A Word file as a delegation sends it: automatic and typed numbers, a list, a table, a note, tracked changes. */
export async function aWordFile(): Promise<Uint8Array> {
  const numbered = (level: number, ...children: ParagraphChild[]) =>
    new Paragraph({ numbering: { reference: 'text', level }, children })
  const level = (at: number, format: (typeof LevelFormat)[keyof typeof LevelFormat], text: string) => ({
    level: at,
    format,
    text,
  })
  const document = new Document({
    numbering: {
      config: [
        {
          reference: 'text',
          levels: [
            level(0, LevelFormat.DECIMAL, '%1.'),
            level(1, LevelFormat.LOWER_LETTER, '(%2)'),
            level(2, LevelFormat.LOWER_ROMAN, '(%3)'),
          ],
        },
      ],
    },
    footnotes: { 1: { children: [new Paragraph('A note.')] } },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.TITLE, text: 'A vision' }),
          new Paragraph({ heading: HeadingLevel.HEADING_1, text: 'Industry' }),
          new Paragraph('Recalling its earlier work,'),
          numbered(
            0,
            new TextRun('Invites '),
            new DeletedTextRun({ text: 'the ', ...change('GHA', 1) }),
            new InsertedTextRun({ text: 'all ', ...change('ETH', 2) }),
            new TextRun({ text: 'members:', bold: true }),
          ),
          numbered(1, new TextRun('to share tools;')),
          numbered(2, new TextRun('openly;'), new FootnoteReferenceRun(1)),
          new Paragraph('1 bis. Decides to meet.'),
          new Paragraph({
            run: { insertion: change('DEU', 3) },
            children: [new InsertedTextRun({ text: 'Thanks the hosts.', ...change('DEU', 3) })],
          }),
          new Paragraph({ text: 'a point', bullet: { level: 0 } }),
          new Table({
            rows: ['Year', '2027'].map(
              (words) => new TableRow({ children: [new TableCell({ children: [new Paragraph(words)] })] }),
            ),
          }),
        ],
      },
    ],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

/**
 * A Word file as Word keeps it after somebody has edited it with changes tracked, and pressed Enter at its end to add a
 * paragraph. Each edit: the paragraph's words, what is kept, struck and typed.
 */
export function editedWord(bytes: Uint8Array, edits: [string, string, string, string][]): Uint8Array {
  const parts = unzipSync(bytes)
  let body = strFromU8(parts['word/document.xml']!)
  let id = 9_000
  const sign = () => `w:id="${++id}" w:author="Ama Mensah" w:date="2027-06-09T08:00:00Z"`
  const run = (tag: string, words: string) =>
    words ? `<w:r><w:${tag} xml:space="preserve">${words}</w:${tag}></w:r>` : ''
  const inserted = (words: string) => (words ? `<w:ins ${sign()}>${run('t', words)}</w:ins>` : '')
  for (const [words, kept, removed, typed] of edits) {
    const before = new RegExp(`<w:r>(?:(?!</w:r>).)*<w:t[^>]*>${words.replace(/[.]/g, '\\.')}</w:t></w:r>`)
    if (!before.test(body)) throw new Error(`no run with ${words}`)
    body = body.replace(
      before,
      `${run('t', kept)}<w:del ${sign()}>${run('delText', removed)}</w:del>${inserted(typed)}`,
    )
  }
  body = body.replace(/<w:sectPr/, `<w:p>${inserted('Thank the hosts.')}</w:p><w:sectPr`)
  return zipSync({ ...parts, 'word/document.xml': strToU8(body) })
}

/** A policy paper as a secretariat sends it round, with what three capitals have changed in it. */
export async function aPolicyPaper(): Promise<Uint8Array> {
  const struck = (text: string, author: string, day: number) => new DeletedTextRun({ text, ...change(author, day) })
  const typed = (text: string, author: string, day: number) => new InsertedTextRun({ text, ...change(author, day) })
  const table = [
    ['Measure', 'Lead', 'By'],
    ['Training of trainers', 'UNCTAD', '2027'],
    ['Exchange of tools and data', 'OECD', '2028'],
  ]
  const cells = (words: string[]) =>
    words.map((text) => new TableCell({ children: [new Paragraph({ children: [new TextRun(text)] })] }))
  const paragraph = (...children: ParagraphChild[]) => new Paragraph({ children })
  const children = [
    new Paragraph({ heading: HeadingLevel.HEADING_1, text: 'Industry 4.0 for development' }),
    new Paragraph('Recalling the outcome of the second round on productive capacities,'),
    new Paragraph({ heading: HeadingLevel.HEADING_2, text: 'What members do' }),
    paragraph(
      new TextRun('1. Members share what they learned about '),
      struck('industrial', 'GHA', 1),
      typed('digital', 'GHA', 1),
      new TextRun(' policy in '),
      new TextRun({ text: 'open', bold: true }),
      new TextRun(' formats, and report on it every year.'),
    ),
    new Paragraph('(a) Each report names who benefits, and how that was found out;'),
    paragraph(
      new TextRun('(b) Reports are published '),
      typed('in all six languages ', 'ETH', 2),
      new TextRun('within three months.'),
    ),
    new Paragraph({ text: 'seed money for first steps', bullet: { level: 0 } }),
    new Paragraph({ text: 'advice from those who went before', bullet: { level: 0 } }),
    new Table({ rows: table.map((words) => new TableRow({ children: cells(words) })) }),
    new Paragraph({ heading: HeadingLevel.HEADING_2, text: 'What comes next' }),
    paragraph(
      new TextRun('2. The secretariat prepares a '),
      struck('summary', 'DEU', 3),
      typed('review', 'DEU', 3),
      new TextRun(' for the next round.'),
    ),
    new Paragraph('3. Members meet again in Geneva.'),
  ]
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}

/** One paragraph with a tracked change: some words struck, others set in their place. */
export async function changedFile(
  kept: string,
  removed: string,
  inserted: string,
  author: string,
): Promise<Uint8Array> {
  const signed = (id: number) => ({ id, author, date: '2027-06-05T10:00:00Z' })
  const runs = [
    new TextRun(`1. ${kept}`),
    new DeletedTextRun({ text: removed, ...signed(1) }),
    new InsertedTextRun({ text: inserted, ...signed(2) }),
  ]
  return new Uint8Array(
    await Packer.toBuffer(new Document({ sections: [{ children: [new Paragraph({ children: runs })] }] })),
  )
}

/** @param paragraphs  a dozen fill a page */
export async function longWordFile(paragraphs: number): Promise<Uint8Array> {
  const words = 'Members share what they learned about tools that change industry, and report on it every year. '
  const children = Array.from({ length: paragraphs }, (_, at) => new Paragraph(`${at + 1}. ${words.repeat(3)}`))
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}
