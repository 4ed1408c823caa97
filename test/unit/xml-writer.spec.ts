import { expect, it } from '@jest/globals'
import { element, text } from '../../server/src/common/xml-writer.js'

it('[XML-1] what XML 1.0 has no place for is left out, and everything else is kept', () => {
  const gone = '\u0000\u000B\u001F\uFFFE\uFFFF\uD800'
  expect(text(`a${gone}b\uDC00`)).toBe('ab')
  expect(element('x', { y: `<${gone}&"` })).toBe('<x y="&lt;&amp;&quot;"/>')
  const kept = '\t\n\r \u0085\uD7FF\uE000\uFFFD\u{1F30D}\u{10FFFF}'
  expect(text(kept)).toBe(kept)
})
