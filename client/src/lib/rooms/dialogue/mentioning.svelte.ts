import type { Mention } from '@multilogue/shared/dialogue'
import type { Delegation } from '@multilogue/shared/rounds'

/** Who may be mentioned: a delegation, or a person of it. */
export interface Mentionable extends Mention {
  name: string
  code: string
}

const SHOWN = 6
/** An `@` at the start of a word and what was typed behind it. */
const ASKED = /(?:^|[\s(])@([^@\n]{0,40})$/u

export const mentionablesOf = (delegations: readonly Delegation[]): Mentionable[] => [
  ...delegations.map(({ id, name, code }) => ({ kind: 'delegation' as const, id, name, code })),
  ...delegations.flatMap(({ code, members }) =>
    members.map(({ seatId, name }) => ({ kind: 'seat' as const, id: seatId, name, code })),
  ),
]

/** The choice among those who match what stands behind the `@` before the caret. */
export class Mentioning {
  #found = $state.raw<Mentionable[]>([])
  #at = $state(0)
  #asked = ''

  get found(): readonly Mentionable[] {
    return this.#found
  }
  get at() {
    return this.#at
  }

  /** @param before  the words up to the caret */
  read(before: string, people: readonly Mentionable[]) {
    const asked = ASKED.exec(before)?.[1]
    this.#at = 0
    this.#asked = asked ?? ''
    this.#found = asked === undefined ? [] : people.filter((one) => matches(one, asked)).slice(0, SHOWN)
  }

  move(by: 1 | -1) {
    this.#at = (this.#at + by + this.#found.length) % this.#found.length
  }

  close() {
    this.#found = []
  }

  /** The words up to the caret with the chosen name in place of what was typed. */
  complete(before: string, { name }: Mentionable): string {
    return `${before.slice(0, before.length - this.#asked.length)}${name} `
  }
}

function matches({ name, code }: Mentionable, asked: string): boolean {
  const typed = asked.toLocaleLowerCase()
  const words = name.toLocaleLowerCase()
  return words.startsWith(typed) || words.includes(` ${typed}`) || code.toLocaleLowerCase() === typed
}
