const TO_LEFT = String.raw`[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]`
/** What may stand between two letters of one direction; brackets keep the direction of the text around. */
const BETWEEN = String.raw`[^\p{L}\[\]\n]*`
const stretches = (letter: string) => new RegExp(`${letter}(?:${BETWEEN}${letter})*`, 'gu')
const LEFTWARDS = stretches(TO_LEFT)
const RIGHTWARDS = stretches(String.raw`(?!${TO_LEFT})\p{L}`)

/**
 * The words cut where their direction changes. Word orders what has no direction, such as the spaces between words, by
 * that of the run: words of the other direction in one run come out in the wrong order.
 * @param isRightToLeft  the direction of the text
 */
export function inDirections(text: string, isRightToLeft: boolean): { text: string; isRightToLeft: boolean }[] {
  const parts: { text: string; isRightToLeft: boolean }[] = []
  let end = 0
  for (const { 0: words, index } of text.matchAll(isRightToLeft ? RIGHTWARDS : LEFTWARDS)) {
    if (index > end) parts.push({ text: text.slice(end, index), isRightToLeft })
    parts.push({ text: words, isRightToLeft: !isRightToLeft })
    end = index + words.length
  }
  if (end < text.length || parts.length === 0) parts.push({ text: text.slice(end), isRightToLeft })
  return parts
}
