import { getConcordance, markRendering, openLanguageVersion, beginRendering } from '@multilogue/shared/languages'
import type { Language } from '@multilogue/shared/values'
import type { Stage } from '../support/stage.js'

/** The secretariat at work on a text in another language. */
export class Translators {
  constructor(private readonly stage: Stage) {}

  async version(documentId: string, language: Language = 'fr', title = 'Résultats') {
    return (await this.stage.done('secretariat', openLanguageVersion, { documentId, language, title })).id
  }
  seen(versionId: string, who = 'gha.head') {
    return this.stage.done(who, getConcordance, { versionId })
  }
  async row(versionId: string, id: string) {
    return (await this.seen(versionId)).rows.find(({ source }) => source.id === id)
  }
  begin(versionId: string, paragraphId: string, words: string, status?: 'machine' | 'translated') {
    return this.stage.done('secretariat', beginRendering, {
      versionId,
      paragraphId,
      words,
      ...(status ? { status } : {}),
    })
  }
  /** Against both texts as they stand. */
  async mark(versionId: string, paragraphId: string, status: 'translated' | 'revised' | 'official') {
    const row = (await this.row(versionId, paragraphId))!
    return this.stage.done('secretariat', markRendering, {
      versionId,
      paragraphId,
      sourceHash: row.source.hash,
      hash: row.rendering!.hash,
      status,
    })
  }
  async official(versionId: string, paragraphId: string, words: string) {
    await this.begin(versionId, paragraphId, words)
    await this.mark(versionId, paragraphId, 'official')
  }
}
