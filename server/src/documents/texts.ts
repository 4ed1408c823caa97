import { randomUUID } from 'node:crypto'
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common'
import type { Card } from '@multilogue/shared/collab'
import { delegationColour } from '@multilogue/shared/colour'
import { DataSource } from 'typeorm'
import * as Y from 'yjs'
import type { ActingSeat, Caller } from '../access/caller.js'
import { createEngine, type Engine } from '../collab/engine.js'
import { systemClock, type Bus as TextBus, type Holder } from '../collab/ports.js'
import { Refused } from '../collab/refused.js'
import { paragraphsOf, type NewBlock, type Paragraph, buildText } from '../collab/text.js'
import { Refusal } from '../common/problem.js'
import { SETTINGS_TOKEN } from '../config/token.js'
import type { Settings } from '../config/settings.js'
import { Bus } from '../work/bus.js'
import { LogStore } from './log.store.js'
import { TextAuthority } from './text.authority.js'

/** The collaboration engine, plugged into this server. */
@Injectable()
export class Texts implements OnApplicationShutdown {
  readonly engine: Engine

  constructor(
    store: LogStore,
    authority: TextAuthority,
    bus: Bus,
    source: DataSource,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    const ports = { store, authority, bus: textBus(bus, source), clock: systemClock }
    this.engine = createEngine(ports, {
      frameBytes: settings.TEXT_FRAME_KILOBYTES * 1024,
      framesPerSecond: settings.TEXT_UPDATES_PER_SECOND,
    })
  }

  /** The paragraphs as they are stored now. */
  async paragraphs(documentId: string): Promise<Paragraph[]> {
    const { state } = await refusing(this.engine.read(documentId))
    const doc = new Y.Doc()
    Y.applyUpdate(doc, state)
    const paragraphs = paragraphsOf(doc)
    doc.destroy()
    return paragraphs
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
    await refusing(this.engine.apply(documentId, holderOf(caller), buildText(blocks)))
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close()
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

/** Wake-ups carry the sender, since what this server has appended it has applied already. */
function textBus(bus: Bus, source: DataSource): TextBus {
  const self = randomUUID()
  return {
    publish: (documentId) => void bus.wakeNow(source.manager, 'document', `${self}/${documentId}`),
    subscribe: (listener) =>
      bus.on('document', (id) => {
        const [from, documentId] = id.split('/')
        if (documentId) listener(documentId, from === self)
      }),
  }
}
