import { Parser } from 'saxen'
import { Refusal } from '../../common/problem.js'

interface Heard {
  open: (name: string, attributes: () => Record<string, string>) => void
  close?: (name: string) => void
  text?: (words: string) => void
}

const damaged = () => new Refusal('unreadable-sheet', 'A part of the file is damaged.')

/**
 * Reads a part of a spreadsheet file from end to end without keeping it; names without their prefix.
 * @throws Refusal `unreadable-sheet` for what is not well-formed, or declares entities, which no spreadsheet does
 */
export function readXml(bytes: Uint8Array, { open, close, text }: Heard): void {
  const local = (name: string) => name.slice(name.indexOf(':') + 1)
  const parser = new Parser()
    .on('openTag', (name, attributes) => open(local(name), attributes))
    .on('attention', () => {
      throw new Refusal('unreadable-sheet', 'The file declares entities.')
    })
    .on('error', () => {
      throw damaged()
    })
    .on('warn', () => {
      throw damaged()
    })
  if (close) parser.on('closeTag', (name) => close(local(name)))
  if (text) parser.on('text', (words, decode) => text(decode(words))).on('cdata', text)
  try {
    parser.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : damaged()
  }
}
