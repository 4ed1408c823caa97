import type { INestApplicationContext } from '@nestjs/common'
import type { Contract, OutputOf, RawInputOf } from '@multilogue/shared/contract'
import type { Role } from '@multilogue/shared/identity'
import { registerDelegation, setCredentials } from '@multilogue/shared/rounds'
import { DataSource } from 'typeorm'
import * as Y from 'yjs'
import { NOBODY, type Caller } from '../access/caller.js'
import type { NewBlock } from '../collab/text.js'
import { newId } from '../common/ids.js'
import { Projections } from '../documents/projection.js'
import { holderOf, Texts } from '../documents/texts.js'
import { People } from '../identity/people.js'
import { seatHeld } from '../identity/seats.js'
import { Planning, type PlannedRound } from '../rounds/planning.js'
import { Dispatcher } from '../work/dispatcher.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Writing } from '../work/work.js'

export const DEMO_PASSWORD = 'multilogue-demo'

/** Who takes part: an account, the seat it acts from, and the word under which a story names it. */
export interface Participant {
  personId: string
  email: string
  name: string
}

/**
 * Builds a world to work in, for the demo round and for tests alike. Everything goes the way a person's act
 * goes: through the contracts and the services, never around them.
 */
export class World {
  readonly people = new Map<string, Participant>()
  private readonly acting = new Map<string, Caller>()

  constructor(private readonly app: INestApplicationContext) {}

  /** Enrols an account `<name>@demo.test`, or answers the one there is. */
  async person(key: string, name: string, language = 'en'): Promise<Participant> {
    const known = this.people.get(key)
    if (known) return known
    const email = `${key}@demo.test`
    const personId = await this.write((work) =>
      this.app.get(People).enrol(work, { email, name, language, password: DEMO_PASSWORD, demo: true }),
    )
    const participant = { personId, email, name }
    this.people.set(key, participant)
    return participant
  }

  round(round: PlannedRound): Promise<string> {
    return this.write((work) => this.app.get(Planning).plan(work, round))
  }

  /** Gives an enrolled person a seat; from then on `key` acts from it. */
  async seat(key: string, roundId: string, role: Role, delegationId?: string): Promise<string> {
    const { personId, name } = this.people.get(key)!
    const seatId = await this.write((work) =>
      this.app.get(People).seat(work, { personId, roundId, role, delegationId }),
    )
    await this.actFrom(key, personId, name, seatId)
    return seatId
  }

  /** Registers a delegation and records its credentials, as the secretariat does. */
  async delegation(
    roundId: string,
    delegation: { code: string; name: string; kind: 'member' | 'observer' | 'stakeholder' },
    credentials: 'none' | 'provisional' | 'accepted' | 'rejected' = 'accepted',
    by = 'secretariat',
  ): Promise<string> {
    const { id, revision } = await this.do(by, registerDelegation, { roundId, ...delegation })
    if (credentials !== 'none') await this.do(by, setCredentials, { delegationId: id, credentials, revision })
    return id
  }

  /** Does one act as a person does it: parsed, checked, in one transaction, told to all. */
  async do<C extends Contract>(key: string, contract: C, input: RawInputOf<C>): Promise<OutputOf<C>> {
    return (await this.app.get(Dispatcher).dispatch(contract, this.caller(key), input)) as OutputOf<C>
  }

  /** Writes the first paragraphs of a text. @returns their ids, in order */
  async begin(key: string, documentId: string, blocks: Omit<NewBlock, 'id'>[]): Promise<string[]> {
    const named = blocks.map((block) => ({ ...block, id: newId() }))
    await this.app.get(Texts).begin(documentId, this.caller(key), named)
    return named.map(({ id }) => id)
  }

  /** Changes a text that has begun, as an editor does it. */
  async edit(key: string, documentId: string, change: (blocks: Y.XmlFragment) => void): Promise<void> {
    const { engine } = this.app.get(Texts)
    const doc = new Y.Doc()
    for (const update of (await engine.read(documentId)).updates) Y.applyUpdate(doc, update)
    const before = Y.encodeStateVector(doc)
    doc.transact(() => change(doc.getXmlFragment('default')))
    await engine.apply(documentId, holderOf(this.caller(key)), Y.encodeStateAsUpdate(doc, before))
  }

  /** The tables of a text have followed it. */
  settle(documentId: string): Promise<void> {
    return this.app.get(Projections).settle(documentId)
  }

  caller(key: string): Caller {
    const caller = this.acting.get(key)
    if (!caller) throw new Error(`${key} has no seat in this world.`)
    return caller
  }

  private async actFrom(key: string, personId: string, personName: string, seatId: string): Promise<void> {
    const seat = await seatHeld(this.app.get(DataSource).manager, personId, seatId)
    this.acting.set(key, { personId, personName, sessionId: '', seat: seat ?? null })
  }

  private write<T>(work: (writing: Writing) => Promise<T>): Promise<T> {
    return this.app.get(UnitOfWork).write(NOBODY, work)
  }
}
