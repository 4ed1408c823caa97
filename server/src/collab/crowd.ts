import type { Limits } from './limits.js'
import type { Holder } from './ports.js'

/** Counts who has how many connections, so that nobody takes the room of the others [ENGINE-6]. */
export class Crowd {
  #counts = new Map<string, number>()

  constructor(private readonly limits: Limits) {}

  /** @returns false when one connection more would be too many; then nothing is counted */
  enter(documentId: string, holder: Holder): boolean {
    const { limits } = this
    const [document, person, window, text, texts] = keysOf(documentId, holder)
    const isNewText = this.#count(text) === 0
    if (
      this.#count(document) >= limits.connectionsPerDocument ||
      this.#count(person) >= limits.connectionsPerPerson ||
      this.#count(window) >= limits.connectionsPerSession ||
      (isNewText && this.#count(texts) >= limits.documentsPerPerson)
    ) {
      return false
    }
    for (const key of [document, person, window, text]) this.#add(key, 1)
    if (isNewText) this.#add(texts, 1)
    return true
  }

  leave(documentId: string, holder: Holder): void {
    const [document, person, window, text, texts] = keysOf(documentId, holder)
    for (const key of [document, person, window, text]) this.#add(key, -1)
    if (this.#count(text) === 0) this.#add(texts, -1)
  }

  #count(key: string): number {
    return this.#counts.get(key) ?? 0
  }

  #add(key: string, one: number): void {
    const count = this.#count(key) + one
    if (count === 0) this.#counts.delete(key)
    else this.#counts.set(key, count)
  }
}

/** Connections to the document, of the person, of the session to the document, of the person to the document; and the person's documents. */
const keysOf = (documentId: string, { personId, sessionId }: Holder) =>
  [
    `document ${documentId}`,
    `person ${personId}`,
    `window ${sessionId} ${documentId}`,
    `text ${personId} ${documentId}`,
    `texts ${personId}`,
  ] as const
