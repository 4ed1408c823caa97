import { syncDocument } from '@multilogue/shared/documents'
import * as Y from 'yjs'
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
