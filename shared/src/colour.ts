/**
 * Twelve colours that colour-blind readers can tell apart in neighbouring pairs and that carry white text at
 * 4.5:1. A colour never stands alone: the delegation's code is always beside it.
 */
export const DELEGATION_COLOURS = [
  '#1f5fa8',
  '#a33b1d',
  '#1b6e4b',
  '#7a3d99',
  '#7a5900',
  '#0b6b7a',
  '#a3285e',
  '#4d6119',
  '#3f4fa3',
  '#8a4a12',
  '#2d5f66',
  '#6b4a63',
] as const

/** The same code has the same colour for everybody, on screen and in print. */
export function delegationColour(code: string): string {
  let sum = 0
  for (const letter of code) sum = (sum * 31 + letter.charCodeAt(0)) >>> 0
  return DELEGATION_COLOURS[sum % DELEGATION_COLOURS.length]!
}
