import { openDocument } from '@multilogue/shared/documents'
import {
  beginRendering,
  changeLanguageVersion,
  getConcordance,
  openLanguageVersion,
} from '@multilogue/shared/languages'
import { buildText } from '../../server/src/collab/text.js'
import { newId } from '../../server/src/common/ids.js'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

/** Makes texts in other languages for the rights matrix, each in the state that is asked for. */
export class LanguageThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  private get world() {
    return this.stage.world
  }

  async toOpen(visibility: 'participants' | 'delegation' = 'participants') {
    const { documentId } = await this.text(visibility)
    return { documentId, language: 'fr' as const, title: 'Texte' }
  }

  private async text(visibility: 'participants' | 'delegation' = 'participants') {
    const by = visibility === 'participants' ? 'facilitator' : 'gha.head'
    const { roundId } = this.round
    const said = { roundId, kind: 'outcome' as const, title: 'Text', language: 'en' as const, visibility }
    const { id: documentId } = await this.world.do(by, openDocument, said)
    const [paragraphId] = await this.world.begin(by, documentId, [
      { kind: 'paragraph', part: 'operative', text: 'Decide to meet again.' },
    ])
    return { documentId, paragraphId: paragraphId! }
  }

  private async version() {
    const { documentId, paragraphId } = await this.text()
    const asked = { documentId, language: 'fr' as const, title: 'Texte' }
    const { id: versionId } = await this.world.do('secretariat', openLanguageVersion, asked)
    return { documentId, versionId, paragraphId }
  }

  private async rendered() {
    const { versionId, paragraphId, documentId } = await this.version()
    await this.world.do('secretariat', beginRendering, { versionId, paragraphId, words: 'Décident ;' })
    const { rows } = await this.world.do('secretariat', getConcordance, { versionId })
    const hashes = { sourceHash: rows[0]!.source.hash, hash: rows[0]!.rendering!.hash }
    return { documentId, versionId, paragraphId, ...hashes }
  }

  async toBegin(state: 'open' | 'closed' = 'open') {
    if (state === 'open') {
      const { versionId, paragraphId } = await this.version()
      return { versionId, paragraphId, words: 'Décident ;' }
    }
    const { versionId, paragraphId } = await this.closed()
    return { versionId, paragraphId }
  }

  async toMark(state: 'open' | 'closed' = 'open') {
    const { versionId, paragraphId, sourceHash, hash } = await (state === 'closed' ? this.closed() : this.rendered())
    return { versionId, paragraphId, sourceHash, hash, status: 'revised' as const }
  }

  async toDrop() {
    const { documentId, versionId, paragraphId } = await this.rendered()
    await this.world.edit('facilitator', documentId, (blocks) => blocks.delete(0))
    return { versionId, paragraphId }
  }

  async toWrite(state: 'open' | 'closed' = 'open') {
    const { versionId } = await (state === 'closed' ? this.closed() : this.rendered())
    const update = buildText([{ id: newId(), kind: 'paragraph', text: 'Décident encore ;' }])
    return { documentId: versionId, update: Buffer.from(update).toString('base64') }
  }

  async toClose(state: 'complete' | 'incomplete' = 'complete') {
    const { versionId } = state === 'complete' ? await this.rendered() : await this.version()
    return { versionId, revision: 1, title: 'Texte', official: true }
  }

  async toReopen() {
    const { versionId, revision } = await this.closed()
    return { versionId, revision, official: false }
  }

  private async closed() {
    const { documentId: _, ...rendered } = await this.rendered()
    const { versionId } = rendered
    const closing = { versionId, revision: 1, official: true }
    return { ...rendered, ...(await this.world.do('secretariat', changeLanguageVersion, closing)) }
  }
}
