import { expect, it } from '@jest/globals'
import { DELEGATION_COLOURS, delegationColour } from '@multilogue/shared/colour'

/** Relative luminance as WCAG 2 defines it. @param colour `#rrggbb` */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5]
    .map((from) => parseInt(colour.slice(from, from + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

it.each([...DELEGATION_COLOURS])('[COLOUR-1] %s carries white text at 4.5:1', (colour) => {
  expect(colour).toMatch(/^#[0-9a-f]{6}$/)
  expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5)
})

it('[COLOUR-2] twelve different colours; a code always has the same one', () => {
  expect(new Set(DELEGATION_COLOURS).size).toBe(12)
  for (const code of ['GHA', 'DEU', 'UNCTAD', 'chair', '', '𝔘𝔑']) {
    expect(DELEGATION_COLOURS).toContain(delegationColour(code))
    expect(delegationColour(code)).toBe(delegationColour(code))
  }
})
