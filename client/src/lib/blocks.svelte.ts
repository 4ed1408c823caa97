import { readKept, writeKept } from './collab/kept'

const PLACE = 'multilogue.hidden-blocks'

/** What somebody does not want to see of the session page, remembered by this browser. */
class Blocks {
  #hidden = $state.raw<string[]>(readKept<string[]>(PLACE, []))

  get hidden(): number {
    return this.#hidden.length
  }
  isHidden(name: string): boolean {
    return this.#hidden.includes(name)
  }
  hide(name: string): void {
    this.#keep([...this.#hidden, name])
  }
  showAll(): void {
    this.#keep([])
  }

  #keep(hidden: string[]): void {
    this.#hidden = hidden
    writeKept(PLACE, hidden.length ? hidden : undefined)
  }
}

export const blocks = new Blocks()
