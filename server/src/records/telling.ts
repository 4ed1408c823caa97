import { createHash } from 'node:crypto'
import type { Fact, Section } from './facts.js'

/*
 * What a text tells already. Most facts are told once. A figure is told with the instant at which it was read, and again
 * when it is another one than the last that was told: `name@instant=value`. So is what people have said and may change.
 */
export const figureKey = (name: string, at: Date, value: string): string => `${name}@${at.toISOString()}=${value}`

/** Words are of any length, and a key is not. */
export const saidKey = (name: string, at: Date, said: readonly unknown[]): string =>
  figureKey(name, at, createHash('sha256').update(JSON.stringify(said)).digest('hex'))

const nameIn = (key: string): string => key.split('@')[0]!
const valueIn = (key: string): string => key.slice(key.indexOf('='))

export function isTold({ key }: Fact, known: readonly string[]): boolean {
  if (!key.includes('@')) return known.includes(key)
  const told = known.filter((one) => one.includes('@') && nameIn(one) === nameIn(key)).sort()
  const last = told.at(-1)
  return last !== undefined && valueIn(last) === valueIn(key)
}

export const headingOf = ({ key }: Section): string => `section:${key}`

/** Which of the known facts are of a section, whether they still hold or not. */
export function toldOf(section: Section, known: readonly string[]): string[] {
  const names = new Set([headingOf(section), ...section.facts.map(({ key }) => nameIn(key))])
  return known.filter((key) => names.has(nameIn(key)))
}
