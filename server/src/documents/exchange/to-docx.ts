import {
  AlignmentType,
  BorderStyle,
  CarriageReturn,
  CommentRangeEnd,
  CommentRangeStart,
  CommentReference,
  DeletedTextRun,
  Document,
  FootnoteReferenceRun,
  HeadingLevel,
  InsertedTextRun,
  LevelFormat,
  Packer,
  PageNumber,
  Paragraph,
  Footer,
  Tab,
  Table,
  TableCell,
  TableRow,
  TextRun,
  WidthType,
  type ICommentOptions,
  type IParagraphOptions,
  type IRunOptions,
  type ParagraphChild,
} from 'docx'
import { inDirections } from './directions.js'
import type { Remarked } from './comment-edges.js'
import {
  printable,
  titleAbove,
  type Block,
  type Change,
  type CommentEdge,
  type Inline,
  type Manuscript,
  type Table as Grid,
  type Words,
} from './manuscript.js'
import { LANGUAGE_TAGS } from './language-tags.js'

/** Twentieths of a point. */
const STEP = 567
const HEADINGS = [HeadingLevel.HEADING_1, HeadingLevel.HEADING_2, HeadingLevel.HEADING_3]
const MARKER = 'multilogue-'

/** A Word file of the text; changes are tracked changes of their authors, and comments stand beside with their answers. */
export async function wordFile(manuscript: Manuscript, comments: Remarked[] = []): Promise<Uint8Array> {
  const { masthead, language } = manuscript
  const word = new Word(manuscript, numbered(comments))
  const children = [...word.masthead(), ...word.blocks(manuscript.blocks)]
  const tag = LANGUAGE_TAGS[language]
  const document = new Document({
    title: masthead.title,
    creator: masthead.body,
    description: masthead.symbol,
    styles: {
      paragraphStyles: [{ id: 'Masthead', name: 'Masthead', basedOn: 'Normal', paragraph: { spacing: { after: 0 } } }],
      default: {
        document: {
          run: {
            size: 22,
            sizeComplexScript: 24,
            font: { ascii: 'Times New Roman', hAnsi: 'Times New Roman', cs: 'Traditional Arabic', eastAsia: 'SimSun' },
            language: { value: tag, bidirectional: tag, eastAsia: tag },
          },
          paragraph: { spacing: { after: 120, line: 276 } },
        },
        heading1: {
          run: { bold: true, boldComplexScript: true, size: 28 },
          paragraph: { spacing: { before: 240, after: 120 } },
        },
        heading2: {
          run: { bold: true, boldComplexScript: true, size: 24 },
          paragraph: { spacing: { before: 200, after: 100 } },
        },
        heading3: {
          run: { bold: true, boldComplexScript: true, size: 22 },
          paragraph: { spacing: { before: 160, after: 80 } },
        },
      },
    },
    numbering: { config: [listOf('bullets', LevelFormat.BULLET), listOf('numbers', LevelFormat.DECIMAL)] },
    footnotes: word.notes,
    ...(comments.length > 0 ? { comments: { children: word.comments } } : {}),
    sections: [{ footers: { default: word.footer() }, children }],
  })
  return new Uint8Array(await Packer.toBuffer(document))
}

const listOf = (name: string, format: (typeof LevelFormat)[keyof typeof LevelFormat]) => ({
  reference: MARKER + name,
  levels: Array.from({ length: 9 }, (_, level) => ({
    level,
    format,
    text: format === LevelFormat.BULLET ? (['•', '–', '·'][level % 3] ?? '•') : `%${level + 1}.`,
    alignment: AlignmentType.START,
    style: { paragraph: { indent: { start: STEP * (level + 1), hanging: STEP / 2 } } },
  })),
})

type Remark = Remarked['remarks'][number] & { id: number }

/** Every remark with a number of its own in the file. */
function numbered(comments: Remarked[]): Remark[][] {
  let id = 0
  return comments.map(({ remarks }) => remarks.map((remark) => ({ ...remark, id: id++ })))
}

class Word {
  readonly notes: Record<string, { children: Paragraph[] }> = {}
  private noted = 0
  private changes = 0

  constructor(
    private readonly manuscript: Manuscript,
    private readonly remarks: Remark[][],
  ) {}

  get comments(): ICommentOptions[] {
    return this.remarks.flatMap(([first, ...answers]) =>
      [first!, ...answers].map(({ id, author, at, words }) => ({
        id,
        author: printable(author),
        date: new Date(at),
        children: printable(words)
          .split('\n')
          .map((line) => new Paragraph({ children: [new TextRun(line)] })),
        ...(id === first!.id ? {} : { parentId: first!.id }),
      })),
    )
  }

  masthead(): Paragraph[] {
    const { body, symbol, distribution, date, original } = this.manuscript.masthead
    const title = titleAbove(this.manuscript)
    const line = (text: string, more: Partial<IParagraphOptions> = {}, run: Partial<IRunOptions> = {}) =>
      this.paragraph({ ...more, style: 'Masthead', children: [this.run(text, run)] })
    const rule = { bottom: { style: BorderStyle.SINGLE, size: 8, space: 4 } }
    return [
      line(body),
      line(symbol, { alignment: AlignmentType.END }, { bold: true, boldComplexScript: true }),
      line(distribution, { alignment: AlignmentType.END }),
      line(date, { alignment: AlignmentType.END }),
      line(original, { alignment: AlignmentType.END, border: rule }),
      ...(title === null ? [] : [this.title(title)]),
    ]
  }

  private title(words: string): Paragraph {
    const run = this.run(words, { bold: true, boldComplexScript: true, size: 32 })
    return this.paragraph({ style: 'Title', children: [run] })
  }

  footer(): Footer {
    const children = [new TextRun({ children: [PageNumber.CURRENT, ' / ', PageNumber.TOTAL_PAGES] })]
    return new Footer({ children: [new Paragraph({ alignment: AlignmentType.CENTER, children })] })
  }

  blocks(blocks: Block[]): (Paragraph | Table)[] {
    return blocks.map((block) => (block.is === 'words' ? this.words(block) : this.table(block)))
  }

  private words(words: Words): Paragraph {
    const { level, number, list, depth, isQuote, change, inlines } = words
    const lead = number ? [this.lead(number, change)] : []
    const start = (list ? list.level + 1 : isQuote ? 1 : depth) * STEP
    return this.paragraph({
      ...(level ? { heading: HEADINGS[level - 1]! } : {}),
      ...(list?.marker
        ? {
            numbering: {
              reference: MARKER + (list.isOrdered ? 'numbers' : 'bullets'),
              level: Math.min(8, list.level),
              instance: list.list,
            },
          }
        : start > 0
          ? { indent: { start } }
          : {}),
      ...(number ? { tabStops: [{ type: 'start' as const, position: start + STEP + STEP / 4 }] } : {}),
      ...(change ? { run: { [change.kind === 'inserted' ? 'insertion' : 'deletion']: this.signed(change) } } : {}),
      children: [...lead, ...inlines.flatMap((inline) => this.inline(inline, change))],
    })
  }

  /** The number and a tab. A number is derived, so it has no author: it comes and goes with its paragraph. */
  private lead(number: string, change: Change | undefined): ParagraphChild {
    const options = { children: [number, new Tab()], ...this.direction() }
    if (!change) return new TextRun(options)
    return change.kind === 'inserted'
      ? new InsertedTextRun({ ...options, ...this.signed(change) })
      : new DeletedTextRun({ text: `${number} `, ...this.direction(), ...this.signed(change) })
  }

  private inline(inline: Inline, whole: Change | undefined): ParagraphChild[] {
    if (inline.is === 'comment') return this.edge(inline)
    if (inline.is === 'footnote') {
      const id = ++this.noted
      this.notes[id] = { children: [this.paragraph({ children: [this.run(inline.text)] })] }
      return [new FootnoteReferenceRun(id)]
    }
    const change = inline.change ?? whole
    return inDirections(inline.text, this.manuscript.isRightToLeft).map(({ text, isRightToLeft }) => {
      const options = this.formatted(text, inline.marks, isRightToLeft)
      if (!change) return new TextRun(options)
      const Run = change.kind === 'inserted' ? InsertedTextRun : DeletedTextRun
      return new Run({ ...options, ...this.signed(change) })
    })
  }

  /** Answers stand on the same words as what they answer. */
  private edge({ edge, comment }: CommentEdge): ParagraphChild[] {
    return this.remarks[comment]!.flatMap(({ id }): ParagraphChild[] =>
      edge === 'begin'
        ? [new CommentRangeStart(id)]
        : [new CommentRangeEnd(id), new TextRun({ children: [new CommentReference(id)] })],
    )
  }

  private formatted(text: string, marks: string[], isRightToLeft: boolean): IRunOptions {
    const has = (mark: string) => marks.includes(mark)
    return {
      ...(isRightToLeft ? { rightToLeft: true } : {}),
      ...(has('bold') ? { bold: true, boldComplexScript: true } : {}),
      ...(has('italic') ? { italics: true, italicsComplexScript: true } : {}),
      ...(has('underline') ? { underline: {} } : {}),
      ...(has('strike') ? { strike: true } : {}),
      ...(has('code') ? { font: 'Courier New' } : {}),
      ...lines(text),
    }
  }

  private table({ rows }: Grid): Table {
    return new Table({
      width: { size: 100, type: WidthType.PERCENTAGE },
      visuallyRightToLeft: this.manuscript.isRightToLeft,
      rows: rows.map(
        (cells) =>
          new TableRow({
            tableHeader: cells.length > 0 && cells.every((cell) => cell.isHeader),
            children: cells.map(
              ({ blocks, columns, rows: down, isHeader }) =>
                new TableCell({
                  columnSpan: columns,
                  rowSpan: down,
                  ...(isHeader ? { shading: { fill: 'EDEFF2' } } : {}),
                  children: blocks.length > 0 ? this.blocks(blocks) : [new Paragraph({})],
                }),
            ),
          }),
      ),
    })
  }

  private paragraph(options: IParagraphOptions): Paragraph {
    return new Paragraph({ ...options, ...(this.manuscript.isRightToLeft ? { bidirectional: true } : {}) })
  }

  private run(text: string, more: Partial<IRunOptions> = {}): TextRun {
    return new TextRun({ ...this.direction(), ...more, ...lines(text) })
  }

  private direction(): { rightToLeft?: true } {
    return this.manuscript.isRightToLeft ? { rightToLeft: true } : {}
  }

  private signed({ author, at }: Change) {
    return { id: ++this.changes, author, date: at }
  }
}

function lines(text: string): Pick<IRunOptions, 'children'> {
  return { children: text.split('\n').flatMap((line, at) => (at === 0 ? [line] : [new CarriageReturn(), line])) }
}
