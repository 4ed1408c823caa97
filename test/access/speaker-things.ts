import { conductThread } from '@multilogue/shared/dialogue'
import { openDocument } from '@multilogue/shared/documents'
import {
  addAgendaItem,
  conductSession,
  formBody,
  getSession,
  scheduleSession,
  type AgendaItem,
} from '@multilogue/shared/rounds'
import {
  askForFloor,
  conductList,
  endFloor,
  getSpeakers,
  giveFloor,
  withdrawFromList,
  type SpeakingKind,
} from '@multilogue/shared/speakers'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

type Turn = 'listed' | 'speaking' | 'done' | 'withdrawn'
interface Made {
  kind?: SpeakingKind
  /** Asked by Ethiopia for this group. */
  forGroup?: string
}

/** Makes lists and turns for the rights matrix, each in the state that is asked for; turns are Germany's. */
export class SpeakerThings {
  private number = 100

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  /** An item of the live session that nobody has called up. */
  private item(documentId?: string): Promise<AgendaItem> {
    const { sessionId } = this.round
    const number = `${Math.floor(this.number / 100)}.${this.number++ % 100}`
    return this.stage.world.do('secretariat', addAgendaItem, { sessionId, number, title: 'Item', documentId })
  }

  private async conduct(change: { currentItemId?: string; formality?: 'formal' | 'suspended' }) {
    const { sessionId } = this.round
    const { revision } = await this.stage.world.do('chair', getSession, { sessionId })
    await this.stage.world.do('chair', conductSession, { sessionId, ...change, revision })
  }

  async toAsk({ kind, floor, list }: { kind?: SpeakingKind; floor?: 'all'; list?: 'closed' } = {}) {
    const { id: agendaItemId, threadId } = await this.item()
    if (floor) await this.stage.world.do('chair', conductThread, { threadId, floor, revision: 1 })
    if (list) await this.stage.world.do('chair', conductList, { agendaItemId, open: false, revision: 1 })
    return { agendaItemId, kind }
  }

  async toAskForGroup() {
    return { ...(await this.toAsk({ floor: 'all' })), onBehalfOf: this.round.bodyId }
  }

  async turn(state: Turn, { kind, forGroup }: Made = {}) {
    const { world } = this.stage
    const { id: agendaItemId } = await this.item()
    await this.conduct({ currentItemId: agendaItemId, formality: 'formal' })
    const by = forGroup ? 'eth.head' : 'deu.head'
    const { id: slotId } = await world.do(by, askForFloor, { agendaItemId, kind, onBehalfOf: forGroup })
    if (state === 'withdrawn') await world.do(by, withdrawFromList, { slotId })
    if (state === 'speaking' || state === 'done') await world.do('chair', giveFloor, { slotId })
    if (state === 'done') await world.do('chair', endFloor, { slotId })
    return { slotId, agendaItemId }
  }

  async slot(state: Turn, made?: Made) {
    return { slotId: (await this.turn(state, made)).slotId }
  }

  async whileSuspended() {
    const slot = await this.slot('listed')
    await this.conduct({ formality: 'suspended' })
    return slot
  }

  async toMove(state: Turn) {
    const { slotId, agendaItemId } = await this.turn(state)
    const { revision } = await this.stage.world.do('chair', getSpeakers, { agendaItemId })
    return { slotId, to: 1, revision }
  }

  async toShow(what: 'text' | 'no text') {
    if (what === 'no text') return { agendaItemId: (await this.item()).id, paragraphId: 'p1' }
    const { world } = this.stage
    const { id: documentId } = await world.do('facilitator', openDocument, {
      roundId: this.round.roundId,
      kind: 'outcome',
      title: 'Text',
      language: 'en',
    })
    const [paragraphId] = await world.begin('facilitator', documentId, [{ kind: 'paragraph', text: 'Decide.' }])
    return { agendaItemId: (await this.item(documentId)).id, paragraphId: paragraphId! }
  }

  async toDeclareTooLate() {
    const { roundId, delegations } = this.round
    const { world } = this.stage
    const { id: sessionId } = await world.do('secretariat', scheduleSession, {
      ...{ roundId, kind: 'informal', title: 'Informals', venue: 'Room 7', timeZone: 'Europe/Vienna' },
      ...{ startsAt: '2027-06-08T08:00:00Z', endsAt: '2027-06-08T09:00:00Z' },
    })
    await world.do('chair', conductSession, { sessionId, status: 'live', revision: 1 })
    await world.do('chair', conductSession, { sessionId, status: 'ended', revision: 2 })
    return { sessionId, delegationId: delegations.DEU, inRoom: true }
  }

  async toDissociate(state: Turn) {
    const { roundId, delegations } = this.round
    const { id: forGroup } = await this.stage.world.do('secretariat', formBody, {
      roundId,
      code: `S${this.number++}`,
      name: 'Group',
      delegationIds: [delegations.ETH, delegations.GHA],
    })
    return { ...(await this.slot(state, { forGroup })), out: true }
  }
}
