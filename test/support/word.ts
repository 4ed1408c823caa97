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
import { strFromU8, unzipSync } from 'fflate'

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

/** @param paragraphs  a dozen fill a page */
export async function longWordFile(paragraphs: number): Promise<Uint8Array> {
  const words = 'Members share what they learned about tools that change industry, and report on it every year. '
  const children = Array.from({ length: paragraphs }, (_, at) => new Paragraph(`${at + 1}. ${words.repeat(3)}`))
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })))
}
