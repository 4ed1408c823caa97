import { conductThread, getThread, postMessage } from '@multilogue/shared/dialogue'
import { openDocument, setMode } from '@multilogue/shared/documents'
import { adoptPlan } from '@multilogue/shared/plans'
import { reviewReport, submitReport, withdrawEvidence } from '@multilogue/shared/follow-up'
import type { RawInputOf } from '@multilogue/shared/contract'
import { adoptRecommendation, makeRecommendation, succeedRecommendations } from '@multilogue/shared/recommendations'
import {
  addAgendaItem,
  conductSession,
  getRound,
  registerDelegation,
  scheduleSession,
  setCredentials,
} from '@multilogue/shared/rounds'
import { DataSource } from 'typeorm'
import { buildText } from '../../server/src/collab/text.js'
import { newId } from '../../server/src/common/ids.js'
import { anAdoptedPlan } from '../support/adopted-plan.js'
import { aPlan } from '../support/a-plan.js'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

const SAID = { narrative: 'Half of it is done.', language: 'en' as const, proposedStatus: 'in_progress' as const }

/** Makes the objects that rights are tried on, each in the state that is asked for. */
export class Things {
  private number = 1

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  private get world() {
    return this.stage.world
  }

  /** The round is put back to `open`, so that the same step can be tried again. */
  async roundToMove() {
    const source = this.stage.app.get(DataSource)
    await source.query(`UPDATE round SET status = 'open' WHERE id = $1`, [this.round.roundId])
    const [{ revision }] = await source.query<[{ revision: number }]>(`SELECT revision FROM round WHERE id = $1`, [
      this.round.roundId,
    ])
    return { roundId: this.round.roundId, status: 'in_session' as const, revision }
  }

  async rulesToSet() {
    const roundId = this.round.roundId
    const { rules, revision } = await this.world.do('secretariat', getRound, { roundId })
    return { roundId, rules: { ...rules, speakSeconds: rules.speakSeconds === 300 ? 180 : 300 }, revision }
  }

  async credentials(from: 'provisional' | 'accepted', to: 'accepted' | 'none') {
    const code = `C${this.number++}`
    const { id } = await this.world.do('secretariat', registerDelegation, {
      roundId: this.round.roundId,
      code,
      name: code,
      kind: 'member',
    })
    const { revision } = await this.world.do('secretariat', setCredentials, {
      delegationId: id,
      credentials: from,
      revision: 1,
    })
    return { delegationId: id, credentials: to, revision }
  }

  sessionInput() {
    const { roundId } = this.round
    const times = { startsAt: '2027-06-09T08:00:00Z', endsAt: '2027-06-09T10:00:00Z', timeZone: 'Europe/Vienna' }
    return { roundId, kind: 'informal' as const, title: 'Informal', venue: 'Room 4', ...times }
  }

  async session(status: 'confirmed' | 'live' | 'ended') {
    let session = await this.world.do('secretariat', scheduleSession, this.sessionInput())
    for (const next of ['live', 'ended'] as const) {
      if (session.status === status) break
      session = await this.world.do('secretariat', conductSession, {
        sessionId: session.id,
        status: next,
        revision: session.revision,
      })
    }
    return session
  }

  async sessionToConduct(from: 'confirmed' | 'ended', to: 'live') {
    const { id, revision } = await this.session(from)
    return { sessionId: id, status: to, revision }
  }

  async sessionToMove(from: 'confirmed' | 'ended') {
    const { id, revision, title, venue, timeZone, startsAt } = await this.session(from)
    return { sessionId: id, revision, title, venue, timeZone, startsAt, endsAt: '2027-06-09T11:00:00Z' }
  }

  /** What was issued before counts as another text, so that every role finds no agenda. */
  async agendaToIssue() {
    const { roundId } = this.round
    const source = this.stage.app.get(DataSource)
    await source.query(`UPDATE document SET kind = 'outcome' WHERE round_id = $1 AND kind = 'agenda'`, [roundId])
    return { roundId, language: 'en' as const }
  }

  async itemToAdd(status: 'confirmed' | 'ended') {
    return { sessionId: (await this.session(status)).id, number: '7', title: 'Another item' }
  }

  private async thread({ state, floor }: { state?: 'open' | 'closed'; floor?: 'members' | 'all' }) {
    const session = await this.session('confirmed')
    const item = await this.world.do('secretariat', addAgendaItem, {
      sessionId: session.id,
      number: '1',
      title: 'Item',
    })
    if (state || floor)
      await this.world.do('chair', conductThread, { threadId: item.threadId, state, floor, revision: 1 })
    return item.threadId
  }

  async statement(thread: { state?: 'open' | 'closed'; floor?: 'members' | 'all' }) {
    return { threadId: await this.thread(thread), body: 'A statement.', language: 'en' as const }
  }

  async madeStatement({ state }: { state?: 'closed' }) {
    const threadId = await this.thread({})
    const { id, revision } = await this.world.do('gha.head', postMessage, {
      threadId,
      body: 'First wording.',
      language: 'en',
    })
    if (state) await this.world.do('chair', conductThread, { threadId, state, revision: 1 })
    return { messageId: id, body: 'Second wording.', revision }
  }

  async threadToClose() {
    const threadId = await this.thread({})
    const { revision } = await this.world.do('chair', getThread, { threadId })
    return { threadId, state: 'closed' as const, revision }
  }

  private async document(visibility: 'participants' | 'delegation') {
    const by = visibility === 'delegation' ? 'gha.head' : 'facilitator'
    const { roundId } = this.round
    return {
      by,
      ...(await this.world.do(by, openDocument, {
        roundId,
        kind: 'outcome',
        title: 'Text',
        language: 'en',
        visibility,
      })),
    }
  }

  async documentToMove(visibility: 'participants' | 'delegation') {
    const { id, revision } = await this.document(visibility)
    return { documentId: id, mode: 'frozen' as const, revision }
  }

  async edit(visibility: 'participants' | 'delegation', mode: 'drafting' | 'negotiating' | 'frozen') {
    const { by, id, revision } = await this.document(visibility)
    if (mode !== 'drafting') await this.world.do(by, setMode, { documentId: id, mode, revision })
    const update = buildText([{ id: newId(), kind: 'paragraph', text: 'New words.' }])
    return { documentId: id, update: Buffer.from(update).toString('base64') }
  }

  async versionToKeep(visibility: 'participants' | 'delegation', mode: 'drafting' | 'frozen') {
    const { by, id, revision } = await this.document(visibility)
    if (mode !== 'drafting') await this.world.do(by, setMode, { documentId: id, mode, revision })
    return { documentId: id, name: 'As it stands' }
  }

  async textToRestore(visibility: 'participants' | 'delegation', mode: 'drafting' | 'negotiating' | 'frozen') {
    const { by, id, revision } = await this.document(visibility)
    await this.world.begin(by, id, [{ kind: 'paragraph', text: 'New words.' }])
    if (mode === 'drafting') return { documentId: id, no: 0, revision }
    const moved = await this.world.do(by, setMode, { documentId: id, mode, revision })
    return { documentId: id, no: 0, revision: moved.revision }
  }

  async planToAdopt(state: 'complete' | 'incomplete' | 'adopted' | 'own') {
    const { documentId, revision } = await aPlan(this.stage, this.round, {
      visibility: state === 'own' ? 'delegation' : 'participants',
      without: state === 'incomplete' ? ['frequency'] : [],
    })
    if (state !== 'adopted') return { documentId, revision }
    await this.world.do('chair', adoptPlan, { documentId, revision })
    return { documentId, revision: revision + 1 }
  }

  async planToDraft(mode: 'drafting' | 'negotiating' | 'frozen') {
    const { documentId, revision } = await aPlan(this.stage, this.round)
    if (mode !== 'drafting') await this.world.do('facilitator', setMode, { documentId, mode, revision })
    return { documentId }
  }

  async textToFill(visibility: 'participants' | 'delegation', mode: 'drafting' | 'negotiating' | 'frozen') {
    const { by, id, revision } = await this.document(visibility)
    const input = { documentId: id, file: Buffer.from('1. Invites members to share.').toString('base64'), revision }
    if (mode === 'drafting') return input
    const moved = await this.world.do(by, setMode, { documentId: id, mode, revision })
    return { ...input, revision: moved.revision }
  }

  recommendationInput() {
    return {
      roundId: this.round.roundId,
      language: 'en' as const,
      title: 'Share one survey',
      action: 'Run the survey once for all.',
      force: 'voluntary' as const,
      owner: 'Ministry of Industry',
      dueOn: '2027-12-01',
      measure: 'One data set published',
      sdgTargets: ['9.3'],
      addresseeIds: [this.round.delegations.GHA],
    }
  }

  async recommendation(state: 'proposed' | 'adopted') {
    const made = await this.world.do('gha.head', makeRecommendation, this.recommendationInput())
    if (state === 'proposed') return made
    return this.world.do('chair', adoptRecommendation, { recommendationId: made.id, revision: made.revision })
  }

  superseded(by: RawInputOf<typeof succeedRecommendations>) {
    return this.world.do('secretariat', succeedRecommendations, by)
  }

  async recommendationToRevise(state: 'proposed' | 'adopted') {
    const { id, revision } = await this.recommendation(state)
    const { roundId: _, language: __, ...fields } = this.recommendationInput()
    return { recommendationId: id, revision, ...fields, title: 'Share two surveys' }
  }

  async recommendationToAdopt(how: 'actionable' | 'vague') {
    const input = { ...this.recommendationInput(), ...(how === 'vague' ? { measure: '', dueOn: null } : {}) }
    const { id, revision } = await this.world.do('gha.head', makeRecommendation, input)
    return { recommendationId: id, revision }
  }

  async recommendationToWithdraw() {
    const { id, revision } = await this.recommendation('proposed')
    return { recommendationId: id, revision, reason: 'Merged with another.' }
  }

  async recommendationToAnswer(state: 'proposed' | 'adopted') {
    return { recommendationId: (await this.recommendation(state)).id, response: 'supported' as const, text: 'Gladly.' }
  }

  async reportInput(state: 'proposed' | 'adopted') {
    const { id } = await this.recommendation(state)
    const evidence = { evidenceUrl: 'https://example.org/note', evidenceTitle: 'Note' }
    return {
      recommendationId: id,
      narrative: 'Half of it is done.',
      language: 'en' as const,
      proposedStatus: 'in_progress' as const,
      ...evidence,
    }
  }

  /** Of Ghana's. */
  async actionToReport(state: 'begun' | 'settled' | 'not adopted') {
    if (state === 'not adopted') {
      const { documentId, item } = await aPlan(this.stage, this.round)
      return { ...SAID, action: { documentId, itemId: item } }
    }
    const { documentId, items } = await anAdoptedPlan(this.stage, this.round)
    const input = { ...SAID, action: { documentId, itemId: items[0]! } }
    if (state === 'settled') {
      const { id: reportId, revision } = await this.world.do('gha.head', submitReport, {
        ...{ ...input, proposedStatus: 'not_pursued' },
      })
      await this.world.do('secretariat', reviewReport, { reportId, verdict: 'validated', revision })
    }
    return input
  }

  private async report(state: 'submitted' | 'returned' | 'validated') {
    const report = await this.world.do('gha.head', submitReport, await this.reportInput('adopted'))
    if (state === 'submitted') return report
    return this.world.do('secretariat', reviewReport, {
      reportId: report.id,
      verdict: state,
      note: 'Seen.',
      revision: report.revision,
    })
  }

  async reportToRevise(state: 'submitted' | 'returned') {
    const { id, revision } = await this.report(state)
    return { reportId: id, narrative: 'All of it is done.', proposedStatus: 'implemented' as const, revision }
  }

  async reportToReview(state: 'submitted' | 'validated') {
    const { id, revision } = await this.report(state)
    return { reportId: id, verdict: 'validated' as const, revision }
  }

  async reportWithEvidence(state: 'submitted' | 'validated' | 'withdrawn') {
    const { id, revision } = await this.report(state === 'submitted' ? state : 'validated')
    if (state !== 'withdrawn') return { reportId: id, revision }
    const withdrawn = { reportId: id, reason: 'The file was another.', revision }
    await this.world.do('gha.head', withdrawEvidence, withdrawn)
    return { reportId: id, revision: revision + 1 }
  }

  async seatToEnd() {
    const key = `expert${this.number++}`
    await this.world.person(key, 'An expert')
    return { seatId: await this.world.seat(key, this.round.roundId, 'expert', this.round.delegations.GHA) }
  }
}
