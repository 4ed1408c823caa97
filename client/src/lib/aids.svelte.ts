/** A choice that this browser remembers. */
class Choice {
  readonly #key: string
  #on = $state(false)

  constructor(name: string, byDefault: boolean) {
    this.#key = `multilogue.${name}`
    const kept = localStorage.getItem(this.#key)
    this.#on = kept === null ? byDefault : kept === 'on'
  }

  get on(): boolean {
    return this.#on
  }
  set on(on: boolean) {
    this.#on = on
    localStorage.setItem(this.#key, on ? 'on' : 'off')
  }
}

/** What is shown of a text to help who reads and writes it: hints on its drafting style, and what its terms mean. */
export const aids = { hints: new Choice('hints', true), terms: new Choice('terms', false) }
