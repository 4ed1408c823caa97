import { expect, it } from '@jest/globals'
import { laidOut } from '@multilogue/shared/tables'
import { blocksOf } from '../../server/src/documents/contents.js'
import { sayNothing } from '../../server/src/documents/references.js'
import type { Content } from '../../server/src/documents/history/content.js'

const words = (id: string, text: string, attributes = {}): Content => ({
  name: 'paragraph',
  attributes: { id, ...attributes },
  children: text ? [[{ insert: text }]] : [],
})
const node = (name: string, children: Content[], attributes = {}): Content => ({ name, attributes, children })

const TEXT = [
  words('before', 'Before'),
  node('table', [
    node('tableRow', [
      node('tableHeader', [words('a', 'Year')], { colspan: 2, rowspan: 1 }),
      node('tableHeader', [words('b', '')]),
    ]),
    node('tableRow', [
      node('tableCell', [words('c', 'One'), words('d', 'Two', { part: 'operative' })]),
      node('tableCell', [node('bulletList', [node('listItem', [words('e', 'Point')])])]),
      node('tableCell', [node('table', [node('tableRow', [node('tableCell', [words('f', 'Inner')])])])]),
    ]),
  ]),
  node('table', [node('tableRow', [node('tableCell', [words('g', 'Next')])])]),
  words('after', 'After'),
]

it('[TABLE-1] blocks say in which cell they stand, and are put together again as a table', () => {
  const blocks = blocksOf(TEXT, sayNothing).map(({ block }) => block)
  const laid = laidOut(blocks, ({ id, cell }) => ({ key: id, cell }))
  const drawn = laid.map((part) =>
    part.rows ? part.rows.map((row) => row.map((cell) => cell.items.map(({ id }) => id))) : part.item.id,
  )
  expect(drawn).toEqual([
    'before',
    [
      [['a'], ['b']],
      [['c', 'd'], ['e'], ['f']],
    ],
    [[['g']]],
    'after',
  ])
  expect(blocks[1]!.cell).toMatchObject({ row: 0, cell: 0, columns: 2, header: true })
  expect(blocks[1]!.cell).not.toHaveProperty('rows')
  expect(new Set(laid.map(({ key }) => key)).size).toBe(laid.length)
})

it('[TABLE-2] a paragraph in a cell has no part, so that no view numbers it', () => {
  const inCell = blocksOf(TEXT, sayNothing).find(({ block }) => block.id === 'd')!
  expect(inCell.block).not.toHaveProperty('part')
  expect(inCell.isTop).toBe(false)
})

it('[TABLE-3] a span that no table has is not drawn', () => {
  const wide = node('table', [
    node('tableRow', [node('tableCell', [words('x', 'X')], { colspan: 1e9, rowspan: 'many' })]),
  ])
  expect(blocksOf([wide], sayNothing)[0]!.block.cell).toMatchObject({ columns: 100 })
  expect(blocksOf([wide], sayNothing)[0]!.block.cell).not.toHaveProperty('rows')
})
