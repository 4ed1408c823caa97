import * as Y from 'yjs'
import type { TextPlace } from '$lib/collab/local-copies'
import { TextSession } from '$lib/collab/text-session'
import { TextStatus } from '$lib/collab/text-status.svelte'
import type { Wire } from '$lib/collab/wire'
import { movedBy, spliceOf, wordsIn, write } from './words'

/** A text in another language, open to be written: its paragraphs by the ids of those they render. */
export class RenderingText {
  readonly status = new TextStatus()
  #words = $state.raw<Readonly<Record<string, string>>>({})
  #wire: Wire | undefined
  readonly #session: TextSession

  constructor(place: TextPlace) {
    this.#session = new TextSession(place, this.status, (wire) => this.#show(wire))
  }

  /** The words of a paragraph as they are now; undefined while it has no place in the text. */
  wordsOf(id: string): string | undefined {
    return this.#words[id]
  }

  get writable(): boolean {
    const { loaded, closedCode, right } = this.status
    return loaded && closedCode === undefined && (right ?? 'write') === 'write'
  }

  /** @param before  what was on the screen: only what the person has changed is changed, wherever it stands by now */
  change(id: string, before: string, after: string): void {
    const paragraph = this.#paragraphs().find((element) => element.getAttribute('id') === id)
    if (!paragraph || !this.#wire || before === after) return
    const [own, theirs] = [spliceOf(before, after), spliceOf(before, wordsIn(paragraph))]
    const [at, end] = [movedBy(own.at, theirs), movedBy(own.at + own.removed, theirs)]
    this.#wire.doc.transact(() => write(paragraph, { at, removed: end - at, inserted: own.inserted }))
  }

  dropKept(): void {
    this.#session.dropKept()
  }

  leave(): void {
    this.#wire?.doc.getXmlFragment('default').unobserveDeep(this.#read)
    this.#session.leave()
  }

  #show(wire: Wire): void {
    this.#wire?.doc.getXmlFragment('default').unobserveDeep(this.#read)
    this.#wire = wire
    wire.doc.getXmlFragment('default').observeDeep(this.#read)
    this.#read()
  }

  #paragraphs(): Y.XmlElement[] {
    const nodes = this.#wire?.doc.getXmlFragment('default').toArray() ?? []
    return nodes.filter((node): node is Y.XmlElement => node instanceof Y.XmlElement)
  }

  #read = (): void => {
    const all = this.#paragraphs().map((element) => [element.getAttribute('id') ?? '', wordsIn(element)] as const)
    this.#words = Object.fromEntries(all.reverse())
  }
}
