import { readFileSync } from 'node:fs'
import open, { TypstCompilerBuilder } from '@myriaddreamin/typst-ts-web-compiler'
import { z } from 'zod'
import { titleAbove, type Block, type Cell, type Manuscript, type Table } from './manuscript.js'
import { PDF_TEMPLATE } from './pdf-template.js'

const FONTS = {
  '@embedpdf/fonts-latin': ['Regular', 'Bold', 'Italic', 'BoldItalic'].map((style) => `NotoSans-${style}.ttf`),
  '@embedpdf/fonts-arabic': ['Regular', 'Bold'].map((style) => `NotoNaskhArabic-${style}.ttf`),
  '@embedpdf/fonts-sc': ['Regular', 'Bold'].map((style) => `NotoSansHans-${style}.otf`),
}

const MAIN = '/main.typ'
/** Faults with their places. */
const IN_FULL = 3
const Compiled = z.object({ result: z.instanceof(Uint8Array).optional(), diagnostics: z.unknown().optional() })

/** A PDF of the text with masthead and line numbers, tagged for screen readers. */
export async function pdfFile(manuscript: Manuscript): Promise<Uint8Array> {
  await open()
  const builder = new TypstCompilerBuilder()
  // Without files and without a network: the text is all it knows.
  builder.set_dummy_access_model()
  for (const font of fonts()) await builder.add_raw_font(font)
  const compiler = await builder.build()
  const told = { ...manuscript, titleAbove: titleAbove(manuscript), blocks: manuscript.blocks.map(placed) }
  compiler.add_source(MAIN, PDF_TEMPLATE)
  const inputs = [['manuscript', JSON.stringify(told)]]
  const { result, diagnostics } = Compiled.parse(compiler.compile(MAIN, inputs, 'pdf', IN_FULL))
  if (!result) throw new Error(`The PDF could not be set: ${JSON.stringify(diagnostics)}`)
  return result
}

function* fonts(): Generator<Uint8Array> {
  for (const [name, files] of Object.entries(FONTS))
    for (const file of files) yield readFileSync(new URL(`../fonts/${file}`, import.meta.resolve(name)))
}

interface PlacedTable {
  is: 'table'
  columns: number
  cells: (Omit<Cell, 'blocks'> & { x: number; y: number; blocks: Placed[] })[]
}
type Placed = Exclude<Block, Table> | PlacedTable

const placed = (block: Block): Placed => (block.is === 'words' ? block : placedTable(block))

/** Every cell where the ones before leave room, so that no odd table keeps a text from being set. */
function placedTable({ rows }: Table): PlacedTable {
  const cells: PlacedTable['cells'] = []
  const taken = new Set<string>()
  let width = 1
  rows.forEach((row, y) => {
    let x = 0
    for (const cell of row) {
      while (taken.has(`${x} ${y}`)) x++
      let columns = 1
      while (columns < cell.columns && !taken.has(`${x + columns} ${y}`)) columns++
      const down = Math.min(cell.rows, rows.length - y)
      for (let at = 0; at < columns * down; at++) taken.add(`${x + (at % columns)} ${y + Math.floor(at / columns)}`)
      cells.push({ ...cell, x, y, columns, rows: down, blocks: cell.blocks.map(placed) })
      x += columns
      width = Math.max(width, x)
    }
  })
  return { is: 'table', columns: width, cells }
}
