import type { Language } from '@multilogue/shared/values'

type Names = Record<string, string>

const LOADERS = import.meta.glob<{ default: Names }>('./sdg/*.json')

/** The names of the SDG targets in one language, loaded when a page first needs them. */
class Targets {
  #names = $state.raw<Names>({})
  #asked: Language | undefined

  /** Target number to its text, in the order of the goals; empty until loaded. */
  get names(): Names {
    return this.#names
  }

  /** Undefined for a number that does not exist or is not loaded yet. */
  nameOf(target: string): string | undefined {
    return this.#names[target]
  }

  /** Without the names the numbers are shown alone, so a failure is tried again only at the next need. */
  async load(language: Language): Promise<void> {
    if (this.#asked === language) return
    this.#asked = language
    try {
      const file = await LOADERS[`./sdg/${language}.json`]?.()
      if (file && this.#asked === language) this.#names = file.default
    } catch {
      this.#asked = undefined
    }
  }
}

export const targets = new Targets()
