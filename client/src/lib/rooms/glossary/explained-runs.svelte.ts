import type { Block, Run } from '@multilogue/shared/negotiation'
import type { Language } from '@multilogue/shared/values'
import { aids } from '$lib/aids.svelte'
import { glossary } from '$lib/data/glossary.svelte'
import { i18n } from '$lib/i18n/i18n.svelte'
import { termsIn, type Occurrence } from './terms-in'

/** Where terms stand first in a text that is read. Make it while a component is set up. */
export class ExplainedRuns {
  readonly #language: () => Language
  readonly #blocks: () => Block[]
  #terms = $derived.by((): Map<Run, Occurrence[]> | undefined => {
    const terms = aids.terms.on ? glossary.of(this.#language()) : undefined
    const runs = this.#blocks().flatMap((block) => block.runs)
    return terms && termsIn(runs.map(wordsOf), terms, this.#language())
  })

  constructor(language: () => Language, blocks: () => Block[]) {
    this.#language = language
    this.#blocks = blocks
    $effect(() => {
      if (!aids.terms.on) return
      // Without the glossary the text is read as it is.
      for (const needed of [language(), i18n.locale]) void glossary.load(needed).catch(() => undefined)
    })
  }

  get terms(): Map<Run, Occurrence[]> | undefined {
    return this.#terms
  }
}

const wordsOf = (run: Run): [Run, string] => [
  run,
  run.footnote === undefined && run.reference === undefined ? run.text : '',
]
