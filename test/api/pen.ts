import { openDocument, syncDocument } from '@multilogue/shared/documents'
import type { HistoryParagraph } from '@multilogue/shared/history'
import * as Y from 'yjs'
import { buildText } from '../../server/src/collab/text.js'
import { newId } from '../../server/src/common/ids.js'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

/** Somebody's editor: a document of their own, brought up to date before and sent after each edit. */
export class Pen {
  readonly doc = new Y.Doc()

  constructor(
    private readonly stage: Stage,
    private readonly who: string,
    private readonly documentId: string,
  ) {}

  get blocks() {
    return this.doc.getXmlFragment('default')
  }

  text(block: number): Y.XmlText {
    return (this.blocks.get(block) as Y.XmlElement).get(0) as Y.XmlText
  }

  /** The first words of a block that has none. */
  put(block: number, words: string): void {
    ;(this.blocks.get(block) as Y.XmlElement).insert(0, [new Y.XmlText(words)])
  }

  /** @returns the log number */
  async write(edit: (pen: this) => void): Promise<number> {
    await this.sync()
    const before = Y.encodeStateVector(this.doc)
    let update = new Uint8Array()
    const hear = (bytes: Uint8Array) => (update = bytes as typeof update)
    this.doc.on('update', hear)
    this.doc.transact(() => edit(this))
    this.doc.off('update', hear)
    return this.sync(update, before)
  }

  async sync(update?: Uint8Array, vector = Y.encodeStateVector(this.doc)): Promise<number> {
    const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
    const { update: missing, no } = await this.stage.done(this.who, syncDocument, {
      documentId: this.documentId,
      vector: base64(vector),
      ...(update ? { update: base64(update) } : {}),
    })
    Y.applyUpdate(this.doc, Buffer.from(missing, 'base64'))
    return no
  }
}

export const ids = { title: newId(), first: newId(), second: newId() }

/** A text of three blocks, written by the facilitator; a delegation's own by Ghana. @returns its id */
export async function aText(
  stage: Stage,
  round: SmallRound,
  title = 'Text',
  visibility: 'participants' | 'delegation' = 'participants',
) {
  const by = visibility === 'delegation' ? 'gha.head' : 'facilitator'
  const { id } = await stage.done(by, openDocument, {
    roundId: round.roundId,
    kind: 'outcome',
    title,
    language: 'en',
    visibility,
  })
  const update = buildText([
    { id: ids.title, kind: 'heading', level: 1, text: 'Vision' },
    { id: ids.first, kind: 'paragraph', text: 'Digital tools change industry.' },
    { id: ids.second, kind: 'paragraph', text: 'Experience travels.' },
  ])
  await stage.done(by, syncDocument, { documentId: id, update: Buffer.from(update).toString('base64') })
  return id
}

/** `[code] text` for each run, with `+` for inserted, `-` for removed (and by whom), `~` for carried over. */
export const told = (paragraphs: HistoryParagraph[]) =>
  paragraphs.map(({ runs }) =>
    runs.map(({ text, mark, written, removed, moved }) => {
      const sign = { kept: '', inserted: '+', removed: '-' }[mark]
      return `${sign}${moved ? '~' : ''}${written.code}${removed ? `/${removed.code}` : ''} ${text}`
    }),
  )
