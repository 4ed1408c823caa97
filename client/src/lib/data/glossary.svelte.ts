import type { Language } from '@multilogue/shared/values'
import type { Terms } from '$lib/rooms/glossary/terms-in'

const LOADERS = import.meta.glob<{ default: Terms }>('./glossary/*.json')

/** The terms of the field, each language loaded when it is first needed. */
class Glossary {
  #terms = $state.raw<Partial<Record<Language, Terms>>>({})

  /** Undefined until loaded. */
  of(language: Language): Terms | undefined {
    return this.#terms[language]
  }

  /** @throws when it cannot be loaded; it can be asked again */
  async load(language: Language): Promise<Terms> {
    const known = this.#terms[language]
    if (known) return known
    const { default: terms } = await LOADERS[`./glossary/${language}.json`]!()
    this.#terms = { ...this.#terms, [language]: terms }
    return terms
  }
}

export const glossary = new Glossary()
