import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common'
import type { Card } from '@multilogue/shared/collab'
import { delegationColour } from '@multilogue/shared/colour'
import type { DocumentParagraph } from '@multilogue/shared/documents'
import type { EntityManager } from 'typeorm'
import * as Y from 'yjs'
import type { ActingSeat, Caller } from '../access/caller.js'
import { createCompactor } from '../collab/compactor.js'
import { createEngine, type Engine } from '../collab/engine.js'
import type { Limits } from '../collab/limits.js'
import { systemClock, type Bus as TextBus, type Holder } from '../collab/ports.js'
import { Refused } from '../collab/refused.js'
import { buildText, type NewBlock } from '../collab/text.js'
import { Refusal } from '../common/problem.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import type { Settings } from '../config/settings.js'
import { Bus } from '../work/bus.js'
import { contentsOf, paragraphsOf, updateOf } from './contents.js'
import type { Content } from './history/content.js'
import { Growth } from './growth.js'
import { LogStore } from './log.store.js'
import { TextAuthority } from './text.authority.js'

/** Of the connections to the database, those that edits from inside transactions may hold until they are stored. */
const SHARE = 0.5

/** An edit that is not stored yet. */
export interface Planned {
  readonly documentId: string
  readonly edits: Uint8Array[]
  /** The text as it will stand, if nobody else writes meanwhile. */
  readonly after: Content[]
  /** The log number of the text on which it was made. */
  readonly no: number
  /** The Yjs client id of the words that it brings. */
  readonly clientId: number
}

/** The collaboration engine, plugged into this server. */
@Injectable()
export class Texts implements BeforeApplicationShutdown {
  readonly engine: Engine
  private readonly compactor = createCompactor()
  private editing = 0
  private readonly mostEditing: number

  constructor(
    private readonly store: LogStore,
    authority: TextAuthority,
    bus: Bus,
    growth: Growth,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    this.mostEditing = Math.floor(settings.DATABASE_CONNECTIONS * SHARE)
    const ports = { store, authority, bus: textBus(bus, growth), clock: systemClock }
    this.engine = createEngine(ports, limitsOf(settings), this.compactor.compact)
  }

  /** The paragraphs as they are stored now. */
  async paragraphs(documentId: string, language: string): Promise<DocumentParagraph[]> {
    return (await this.look(documentId, (doc) => paragraphsOf(doc, language))).seen
  }

  /** The whole text as it is stored now, and its log number. */
  async contents(documentId: string): Promise<{ contents: Content[]; no: number }> {
    const { seen, no } = await this.look(documentId, contentsOf)
    return { contents: seen, no }
  }

  /**
   * An edit by the server in the name of the caller, through the log like any other. It has to be the last thing that
   * its transaction does: it stays when the transaction does not.
   */
  async edit(documentId: string, caller: Caller, change: (doc: Y.Doc) => void): Promise<{ no: number }> {
    return this.carryOut(caller, await this.planned(documentId, change))
  }

  /** What an edit would make of the text; for transactions that write down what it does before it is stored. */
  async planned(documentId: string, change: (doc: Y.Doc) => void): Promise<Planned> {
    const edits: Uint8Array[] = []
    const { seen, no } = await this.look(documentId, (doc) => {
      doc.on('update', (update: Uint8Array) => edits.push(update))
      doc.transact(() => change(doc))
      return { after: contentsOf(doc), clientId: doc.clientID }
    })
    return { documentId, edits, no, ...seen }
  }

  /** Stores it, as the last thing of its transaction. @returns the log number that the text has now */
  async carryOut(caller: Caller, { documentId, edits, no }: Planned): Promise<{ no: number }> {
    if (edits.length === 0) return { no }
    return refusing(this.engine.apply(documentId, holderOf(caller), Y.mergeUpdates(edits)))
  }

  /** The first words of a text that the same transaction has made. */
  async seed(db: EntityManager, documentId: string, caller: Caller, contents: Content[]): Promise<void> {
    const { bytes, clientId } = updateOf(contents)
    const { personId, seatId } = holderOf(caller)
    await this.store.begin(db, { documentId, bytes, personId, seatId, clientIds: [clientId] })
  }

  /** Ask for it before the transaction locks anything. @throws Refusal unavailable when too many edit at once */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    if (this.editing >= this.mostEditing) throw new Refusal('unavailable')
    this.editing += 1
    try {
      return await work()
    } finally {
      this.editing -= 1
    }
  }

  /** Merges over plain HTTP what a client has with what the server has; bytes as base64. */
  async sync(
    documentId: string,
    caller: Caller,
    input: { vector?: string; update?: string },
  ): Promise<{ update: string; no: number }> {
    const bytes = (text?: string) => (text === undefined ? undefined : new Uint8Array(Buffer.from(text, 'base64')))
    const request = { vector: bytes(input.vector), update: bytes(input.update) }
    const { update, no } = await refusing(this.engine.sync(documentId, holderOf(caller), request))
    return { update: Buffer.from(update).toString('base64'), no }
  }

  /** Writes the first content of a new text, through the log like any other edit. */
  async begin(documentId: string, caller: Caller, blocks: NewBlock[]): Promise<void> {
    await this.write(documentId, caller, buildText(blocks))
  }

  /** One edit, through the log. @returns its log number */
  async write(documentId: string, caller: Caller, edit: Uint8Array): Promise<number> {
    const { no } = await refusing(this.engine.apply(documentId, holderOf(caller), edit))
    return no
  }

  /** Looks at the text as it is stored now. No right is asked. @returns what was seen, and the log number */
  async look<T>(documentId: string, see: (doc: Y.Doc) => T): Promise<{ seen: T; no: number }> {
    const { updates, no } = await refusing(this.engine.read(documentId))
    const doc = new Y.Doc()
    try {
      for (const update of updates) Y.applyUpdate(doc, update)
      return { seen: see(doc), no }
    } finally {
      doc.destroy()
    }
  }

  /** Before the web server closes, because that waits until every connection has ended. */
  async beforeApplicationShutdown(): Promise<void> {
    await this.engine.close()
    await this.compactor.close()
  }
}

export const holderOf = ({ personId, sessionId, seat }: Caller): Holder => ({
  personId,
  sessionId,
  seatId: seat?.id ?? '',
})

/** Whom the others see at the cursor; delegations of the round's own officers are shown by their function. */
export const cardOf = (caller: Caller, seat: ActingSeat): Card => {
  const code = seat.delegationCode ?? seat.role
  return { personId: caller.personId, name: caller.personName, delegationCode: code, colour: delegationColour(code) }
}

async function refusing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer
  } catch (thrown) {
    throw thrown instanceof Refused ? new Refusal(thrown.problem) : thrown
  }
}

/** Nothing is said on the bus as long as this server is alone. The engine publishes what it has just stored. */
function textBus(bus: Bus, growth: Growth): TextBus {
  return {
    publish(documentId) {
      growth.tell(documentId)
      bus.tellOthers('document', documentId)
    },
    publishPresence: (documentId, bytes) =>
      bus.tellOthers('presence', `${documentId}/${Buffer.from(bytes).toString('base64url')}`),
    subscribe: (listener) => {
      const stopGrown = bus.on('document', (documentId) => listener.grown(documentId || null))
      const stopPresence = bus.on('presence', (said) => {
        const [from, documentId, bytes] = said.split('/')
        if (!from || !documentId || !bytes) return
        listener.presence(documentId, from, new Uint8Array(Buffer.from(bytes, 'base64url')))
      })
      return () => {
        stopGrown()
        stopPresence()
      }
    },
  }
}

const limitsOf = (settings: Settings): Partial<Limits> => ({
  frameBytes: settings.TEXT_FRAME_KILOBYTES * 1024,
  framesPerSecond: settings.TEXT_UPDATES_PER_SECOND,
  framesBurst: settings.TEXT_UPDATES_AT_ONCE,
  presenceBytes: settings.TEXT_PRESENCE_BYTES,
  unreadBytes: settings.TEXT_UNREAD_KILOBYTES * 1024,
  unsettledBytes: settings.TEXT_UNSETTLED_KILOBYTES * 1024,
  unstoredBytes: settings.TEXT_UNSTORED_MEGABYTES * 1024 * 1024,
  connectionsPerDocument: settings.TEXT_READERS,
  connectionsPerSession: settings.TEXT_TABS,
  documentsPerPerson: settings.TEXTS_PER_PERSON,
  connectionsPerPerson: settings.TEXT_CONNECTIONS_PER_PERSON,
})
