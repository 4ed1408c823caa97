import { titleAbove, type Block, type Inline, type Manuscript, type Words } from './manuscript.js'

/** Plain text, one line a paragraph, with the printed numbers; footnotes stand at the end. */
export function textFile(manuscript: Manuscript): string {
  const { masthead, blocks } = manuscript
  const title = titleAbove(manuscript)
  const notes: string[] = []
  const head = [masthead.body, masthead.symbol, masthead.distribution, masthead.date, masthead.original]
  const text = [
    head.filter(Boolean).join('\n'),
    ...(title === null ? [] : [title]),
    ...blocks.map((block) => written(block, notes)),
  ]
  if (notes.length > 0) text.push(notes.map((note, at) => `[${at + 1}] ${note}`).join('\n'))
  return `${text.join('\n\n')}\n`
}

function written(block: Block, notes: string[]): string {
  if (block.is === 'words') return `${leadOf(block)}${plain(block.inlines, notes)}`
  const cellText = (blocks: Block[]) =>
    blocks.map((inner) => written(inner, notes).replace(/\s+/g, ' ').trim()).join(' ')
  return block.rows.map((row) => row.map((cell) => cellText(cell.blocks)).join('\t')).join('\n')
}

function leadOf({ depth, number, list, isQuote }: Words): string {
  const indent = '    '.repeat(list ? list.level + 1 : isQuote ? 1 : depth)
  if (list) return indent + (list.marker ? `${list.marker} ` : '  ')
  return indent + (number ? `${number} ` : '')
}

const plain = (inlines: Inline[], notes: string[]): string =>
  inlines
    .map((inline) => {
      if (inline.is === 'comment') return ''
      return inline.is === 'run' ? inline.text : `[${notes.push(inline.text)}]`
    })
    .join('')
