import type { Card, Right } from '@multilogue/shared/collab'
import type { Finding } from '@multilogue/shared/drafting-style'
import type { Problem } from '@multilogue/shared/problems'
import type { Selected } from './brackets'
import type { KeptParagraph } from './kept'

/**
 * `saved`: the server has said that everything written here is durable. `saving`: it has not yet said so.
 * `offline`: no connection. `closed`: the server ended the connection for good.
 */
export type Saving = 'connecting' | 'saved' | 'saving' | 'offline' | 'closed'

export interface CaretParagraph {
  id: string
  text: string
}

export interface Heading {
  id: string
  level: number
  text: string
}

/** With its paragraph's number as it is now. */
export type NumberedFinding = Finding & { number: string | undefined }

/** What an open text shows of itself, without the editor's weight; written by the session and the editor. */
export class TextStatus {
  saving = $state<Saving>('connecting')
  /** No WebSocket gets through: words travel over plain HTTP, every few seconds. */
  slow = $state(false)
  /** This browser keeps a copy and the unsaved words. False: they live as long as the page. */
  keeps = $state(true)
  /** Words written here that the server has not yet called durable. */
  unsaved = $state(false)
  /** The log number up to which this browser's words are durable. */
  durableTo = $state<number>()
  /** The server has the words but could not store them yet, and keeps trying. */
  delayed = $state.raw<Problem>()
  /** A copy of the text is there to be edited: the server's, or this browser's from an earlier visit. */
  loaded = $state(false)
  /** The editor has shown the text at least once and stands in for what was read over HTTP. */
  everLoaded = $state(false)
  /** The server's current word; undefined until it has spoken. */
  right = $state<Right>()
  /** Why the server ended the connection for good: a WebSocket close code. */
  closedCode = $state<number>()
  /** The others who have the text open. */
  present = $state.raw<Card[]>([])
  /** Paragraphs as they stood here when the server did not take them. */
  kept = $state.raw<KeptParagraph[]>([])
  keptBecause = $state.raw<Problem>()
  caret = $state.raw<CaretParagraph>()
  /** The words of one paragraph that are selected. */
  selected = $state.raw<Selected>()
  outline = $state.raw<Heading[]>([])
  /** Hints on the drafting style, in reading order; none where they are not shown. */
  findings = $state.raw<NumberedFinding[]>([])
  /** What the footnotes say, in reading order. */
  footnotes = $state.raw<string[]>([])
}
