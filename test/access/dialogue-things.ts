import { closeItem, park, settleAction } from '@multilogue/shared/actions'
import { conductThread, postMessage } from '@multilogue/shared/dialogue'
import { standOn } from '@multilogue/shared/message-positions'
import { openPrivateThread } from '@multilogue/shared/private-threads'
import { flagMessage, mutePerson, reviewMessage } from '@multilogue/shared/moderation'
import { draftSummary, publishKeyPoint } from '@multilogue/shared/proceedings'
import { addAgendaItem, scheduleSession } from '@multilogue/shared/rounds'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

/** Makes statements of Ghana, and what comes of them, for the rights matrix. */
export class DialogueThings {
  private number = 100

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  private get world() {
    return this.stage.world
  }

  async item(questions: string[] = []) {
    const number = `${Math.floor(this.number / 100) + 60}.${this.number++ % 100}`
    const { sessionId } = this.round
    return this.world.do('secretariat', addAgendaItem, { sessionId, number, title: 'Item', questions })
  }

  async statement(state?: 'closed') {
    const { id: agendaItemId, threadId } = await this.item()
    const { id: messageId } = await this.world.do('gha.head', postMessage, { threadId, body: 'Said.', language: 'en' })
    if (state) await this.world.do('chair', conductThread, { threadId, state, revision: 1 })
    return { agendaItemId, threadId, messageId }
  }

  private async privately(who: string, visibility: 'delegation' | 'bureau') {
    const { id: agendaItemId } = await this.item()
    const { id: threadId } = await this.world.do(who, openPrivateThread, { agendaItemId, visibility })
    return { threadId, body: 'Among us.', language: 'en' as const }
  }

  toSayInPrivate = () => this.privately('gha.adviser', 'delegation')

  async saidInPrivate() {
    return (await this.world.do('gha.head', postMessage, await this.toSayInPrivate())).id
  }

  async saidInBureau() {
    return (await this.world.do('chair', postMessage, await this.privately('facilitator', 'bureau'))).id
  }

  async toPointInBureau() {
    const { threadId } = await this.privately('chair', 'bureau')
    const { id } = await this.world.do('chair', postMessage, { threadId, body: 'Among us.', language: 'en' })
    return { threadId, text: 'A point.', language: 'en' as const, cites: [id] }
  }

  async toStand(state?: 'closed') {
    const { messageId } = await this.statement(state)
    return { messageId, kind: 'supports' as const, revision: 1 }
  }

  /** Germany and Ethiopia stand on it. */
  async stood() {
    const { messageId } = await this.statement()
    for (const who of ['deu.head', 'eth.head'])
      await this.world.do(who, standOn, { messageId, kind: 'supports', revision: 1 })
    return { messageId }
  }

  /** By Germany. */
  async flagged() {
    const { messageId } = await this.statement()
    await this.world.do('deu.head', flagMessage, { messageId, reason: 'Off topic.' })
    return messageId
  }

  async toHide() {
    const messageId = await this.flagged()
    return { messageId, decision: 'hide' as const, reason: 'Off topic.', seen: 'shown' as const }
  }

  async hidden() {
    const hide = await this.toHide()
    await this.world.do('chair', reviewMessage, hide)
    return hide.messageId
  }

  async muted() {
    const seatId = this.round.seats['rej.adviser']!
    await this.world.do('chair', mutePerson, { seatId, minutes: 5, reason: 'Off topic.' })
    return seatId
  }

  async toSetRecord() {
    return { threadId: (await this.item()).threadId, positionsOnRecord: true, revision: 1 }
  }

  async toPoint() {
    const { threadId, messageId } = await this.statement()
    return { threadId, text: 'A point.', language: 'en' as const, cites: [messageId] }
  }

  async point() {
    const { id: keyPointId } = await this.world.do('rapporteur', publishKeyPoint, await this.toPoint())
    return { keyPointId }
  }

  async toDraft() {
    const { threadId, messageId } = await this.statement()
    return { threadId, body: 'All in all.', language: 'en' as const, cites: [messageId], revision: null }
  }

  async drafted(cites: 'cited' | 'bare' = 'cited') {
    const draft = await this.toDraft()
    const { revision } = await this.world.do('rapporteur', draftSummary, {
      ...draft,
      cites: cites === 'cited' ? draft.cites : [],
    })
    return { threadId: draft.threadId, revision }
  }

  async toPark(state?: 'closed item') {
    const { agendaItemId, messageId } = await this.statement()
    if (state) await this.world.do('chair', closeItem, { agendaItemId, state: 'closed', revision: 1 })
    return { messageId, title: 'A matter', reason: 'No time.' }
  }

  async toRaise(to: 'later' | 'this session') {
    const { messageId } = await this.statement()
    if (to === 'this session') return { messageId, title: 'A matter', toItemId: (await this.item()).id }
    const { id: sessionId } = await this.world.do('secretariat', scheduleSession, {
      ...{ roundId: this.round.roundId, kind: 'plenary', title: 'Later', venue: 'Room 1', timeZone: 'Europe/Vienna' },
      ...{ startsAt: '2027-06-10T08:00:00Z', endsAt: '2027-06-10T10:00:00Z' },
    })
    const { id: toItemId } = await this.world.do('secretariat', addAgendaItem, {
      sessionId,
      number: '1',
      title: 'Later',
    })
    return { messageId, title: 'A matter', toItemId }
  }

  async toSettle() {
    const { id: actionId, revision } = await this.world.do('chair', park, await this.toPark())
    return { actionId, owner: 'Ghana', dueOn: '2027-09-01', state: 'open' as const, revision }
  }

  async toClose(parked?: 'unowned' | 'owned') {
    const { agendaItemId, messageId } = await this.statement()
    if (parked) {
      const { id: actionId, revision } = await this.world.do('chair', park, {
        ...{ messageId, title: 'A matter', reason: 'No time.' },
      })
      const settled = { owner: 'Ghana', dueOn: null, state: 'open' as const, revision }
      if (parked === 'owned') await this.world.do('chair', settleAction, { actionId, ...settled })
    }
    return { agendaItemId, state: 'closed' as const, revision: 1 }
  }
}
