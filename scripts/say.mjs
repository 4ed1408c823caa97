import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds the whole project. */
export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')

/** A failure that is told in its own sentence, without the place in the program where it was noticed. */
export class Trouble extends Error {}

export function say(sentence) {
  process.stdout.write(`${sentence}\n`)
}

export function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`
}

/** A text without the codes that colour a terminal. */
export function plain(text) {
  return text.replaceAll(/\u001b\[[0-9;]*m/g, '')
}

/** Says what is being done, does it, and says how long it took. */
export async function step(sentence, work) {
  say(`${sentence}...`)
  const started = Date.now()
  const result = await work()
  say(`  done in ${seconds(Date.now() - started)}.`)
  return result
}

/** Tells why a command ended early. @returns the exit code */
export function fail(error) {
  say(error instanceof Trouble ? `\n${error.message}` : `\n${error?.stack ?? error}`)
  return 1
}
