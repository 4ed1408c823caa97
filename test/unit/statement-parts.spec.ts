import { expect, it } from '@jest/globals'
import { partsOf } from '../../client/src/lib/rooms/dialogue/statement-parts.js'

const links = (body: string) => partsOf(body, []).flatMap(({ kind, text }) => (kind === 'link' ? [text] : []))

it.each([
  ['See https://indiastack.org.', 'https://indiastack.org'],
  ['(https://example.org/a_(b))', 'https://example.org/a_(b)'],
  ['(see https://example.org/a)', 'https://example.org/a'],
  ['http://example.org/?q=1&r=2, and more', 'http://example.org/?q=1&r=2'],
  ['«https://example.org/ar»', 'https://example.org/ar'],
  ['参见https://example.org/zh。', 'https://example.org/zh'],
])('[PARTS-1] %s', (body, address) => {
  expect(links(body)).toEqual([address])
})

it.each(['javascript:alert(1)', 'data:text/html,x', 'example.org', 'mailto:a@example.org', 'https://'])(
  '[PARTS-2] %s is no link',
  (body) => expect(links(body)).toEqual([]),
)

it('[PARTS-3] the parts are the words, and a name in an address is no mention', () => {
  const body = '@Ana and @Ana Lima: https://example.org/@Ana. Thanks, @Ana!'
  const parts = partsOf(body, ['Ana', 'Ana Lima'])
  expect(parts.map(({ text }) => text).join('')).toBe(body)
  expect(parts.filter(({ kind }) => kind === 'mention').map(({ text }) => text)).toEqual(['@Ana', '@Ana Lima', '@Ana'])
  expect(partsOf('', ['Ana'])).toEqual([])
})
