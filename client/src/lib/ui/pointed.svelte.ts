/** What is pointed at. It stays for a moment after the pointer has left, so that the pointer can reach what is said of it. */
export class Pointed<T> {
  #now = $state.raw<T>()
  #timer: ReturnType<typeof setTimeout> | undefined

  get now(): T | undefined {
    return this.#now
  }

  readonly at = (what: T): void => {
    this.stay()
    this.#now = what
  }
  readonly stay = (): void => clearTimeout(this.#timer)
  readonly leave = (): void => {
    this.stay()
    this.#timer = setTimeout(this.close, 200)
  }
  readonly close = (): void => {
    this.stay()
    this.#now = undefined
  }
}
