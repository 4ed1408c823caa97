import { letterOf, romanOf, type Part } from './numbering.js'

/** What a paragraph's printed number says of it. */
export interface Place {
  part: Part
  depth: number
  bis: boolean
}

const BESIDE = String.raw`(?:\s+(?:bis|ter|quater|quinquies|sexies|septies|octies|nonies|decies))`
const WORKING = new RegExp(String.raw`^\[?(PP|OP)\s?(\d{1,3})(${BESIDE})?[.)]?\s+`)
const FIGURE = new RegExp(String.raw`^(\d{1,3})(${BESIDE})?[.)]\s+`)
const SIGN = new RegExp(String.raw`^\(?(\p{L}{1,4})(${BESIDE})?\)\s*`, 'u')
const DOTTED = /^([a-z]{1,4})()\.\s+/

/** Letters by which sub-paragraphs are counted where the alphabet is not Latin. */
const ALPHABETS = ['абвгдежзиклмнопрстуфхцчшщэюя', 'أبجدهوزحطيكلمنسعفصقرشت']

/** How a preambular paragraph begins in each language; it ends with a comma. */
const PREAMBLE = [
  /^\p{Lu}[\p{L} ]{0,20}(?<=ing)\b/u,
  /^(?:Aware|Mindful|Convinced|Determined|Guided|Concerned|Conscious|Inspired|Deeply|Cognizant)\b/,
  /^(?:Considérant|Consciente?|Convaincue?|Guidée?|Préoccupée?|Résolue?|\p{Lu}\p{L}+ant)\b/u,
  /^(?:Consciente|Convencid[ao]|Guiad[ao]|Preocupad[ao]|Decidid[ao]|\p{Lu}\p{L}+(?:ando|endo))(?!\p{L})/u,
  /^\p{L}+(?:ая|яя|уя|ясь|вая|дя|мая)(?!\p{L})/u,
  /^(?:回顾|认识到|确认|重申|注意到|欢迎|铭记|强调|考虑到|深信|意识到|承认|感谢)/,
  /^(?:و)?إذ(?!\p{L})/u,
]

export const isPreambular = (text: string): boolean =>
  /[,،，]\s*$/.test(text) && PREAMBLE.some((begins) => begins.test(text))

/** Recognises printed numbers in reading order: whether `(i)` is a letter or a Roman one follows from what came before. */
export class PrintedNumbers {
  private part: Part = 'operative'
  private letters = 0
  private romans = 0

  /** @returns the place and how many characters the number takes, or nothing for words without one */
  read(text: string): { place: Place; length: number } | undefined {
    const plain = text.replace(/[٠-٩]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    const working = WORKING.exec(plain)
    if (working) return this.paragraph(working[1] === 'PP' ? 'preambular' : 'operative', working[3], working[0])
    const figure = FIGURE.exec(plain)
    if (figure) return this.paragraph('operative', figure[2], figure[0])
    const sign = SIGN.exec(plain) ?? DOTTED.exec(plain)
    const depth = sign ? this.depthOf(sign[1]!, sign[2] !== undefined && sign[2] !== '') : undefined
    if (!sign || depth === undefined) return undefined
    return { place: { part: this.part, depth, bis: Boolean(sign[2]) }, length: sign[0].length }
  }

  /** A paragraph without a number: letters begin anew below it. */
  pass(part: Part | undefined): void {
    this.part = part === 'preambular' ? 'preambular' : 'operative'
    ;[this.letters, this.romans] = [0, 0]
  }

  private paragraph(part: Part, beside: string | undefined, lead: string) {
    this.pass(part)
    return { place: { part, depth: 0, bis: beside !== undefined }, length: lead.length }
  }

  private depthOf(label: string, bis: boolean): number | undefined {
    const step = bis ? 0 : 1
    if (this.letters > 0 && label === romanOf(this.romans + step || 1)) {
      // After (h), (i) is the next letter unless Roman ones are being counted.
      if (!(this.romans === 0 && letterOf(this.letters + 1) === label)) {
        this.romans += step
        return 2
      }
    }
    const isNext = [letterOf, ...ALPHABETS.map((letters) => (value: number) => letters[value - 1] ?? '')].some(
      (write) => write(this.letters + step || 1) === label,
    )
    if (!isNext) return undefined
    this.letters += step
    this.romans = 0
    return 1
  }
}
