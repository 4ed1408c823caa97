import { setMode } from '@multilogue/shared/documents'
import {
  adoptVision,
  askQuestion,
  makeVision,
  readVision,
  recordFinding,
  withdrawFinding,
} from '@multilogue/shared/visions'
import { Pen } from '../api/pen.js'
import { aPlan } from '../support/a-plan.js'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'

type Mode = 'drafting' | 'negotiating' | 'frozen'

/** Makes diagnoses and vision statements that rights are tried on. */
export class VisionThings {
  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {}

  readonly written = { kind: 'gap' as const, title: 'Few test reports', body: 'Two of nine buyers accept them.' }
  readonly reviewOn = '2031-06-01'

  findingToRecord() {
    return { roundId: this.round.roundId, language: 'en' as const, ...this.written }
  }

  questionToAsk() {
    return { roundId: this.round.roundId, language: 'en' as const, body: 'What do buyers ask for?' }
  }

  async finding(by: string, state: 'standing' | 'withdrawn' = 'standing') {
    const { id: findingId } = await this.stage.done(by, recordFinding, this.findingToRecord())
    if (state === 'standing') return { findingId, revision: 1 }
    await this.stage.done(by, withdrawFinding, { findingId, revision: 1 })
    return { findingId, revision: 2 }
  }

  async findingToRevise(by: string, state: 'standing' | 'withdrawn' = 'standing') {
    return { ...(await this.finding(by, state)), ...this.written }
  }

  async question(by: string) {
    const { id: questionId } = await this.stage.done(by, askQuestion, this.questionToAsk())
    return { questionId, revision: 1 }
  }

  async visionToMake() {
    const { findingId } = await this.finding('gha.head')
    const { questionId } = await this.question('facilitator')
    const { roundId } = this.round
    return { roundId, title: 'Vision', language: 'en' as const, findingIds: [findingId], questionIds: [questionId] }
  }

  /** Made from one finding and one question, which is answered unless it is told otherwise. */
  async vision(
    visibility: 'participants' | 'delegation',
    { answered = true, mode = 'drafting' }: { answered?: boolean; mode?: Mode } = {},
  ) {
    const by = visibility === 'delegation' ? 'gha.head' : 'facilitator'
    const given = await this.visionToMake()
    const { id: documentId, revision } = await this.stage.done(by, makeVision, { ...given, visibility })
    if (answered) await new Pen(this.stage, by, documentId).write((pen) => pen.put(3, 'Proof of origin.'))
    const { origins } = await this.stage.done(by, readVision, { documentId })
    const made = { by, documentId, revision, origins, findingId: given.findingIds[0]! }
    if (mode === 'drafting') return made
    return { ...made, ...(await this.stage.done(by, setMode, { documentId, mode, revision })) }
  }

  async visionToAdopt(visibility: 'participants' | 'delegation', state: 'complete' | 'unanswered' | 'adopted') {
    const { documentId, revision } = await this.vision(visibility, { answered: state !== 'unanswered' })
    const { reviewOn } = this
    if (state !== 'adopted') return { documentId, revision, reviewOn }
    await this.stage.done(visibility === 'delegation' ? 'gha.head' : 'chair', adoptVision, {
      documentId,
      revision,
      reviewOn,
    })
    return { documentId, revision: revision + 1, reviewOn }
  }

  async originToLink(visibility: 'participants' | 'delegation', mode: Mode = 'drafting') {
    const { documentId, origins } = await this.vision(visibility, { mode })
    const { findingId: targetId } = await this.finding('eth.head')
    return { documentId, paragraphId: origins[0]!.paragraphId, kind: 'finding' as const, targetId }
  }

  async originToUnlink(visibility: 'participants' | 'delegation', mode: Mode = 'drafting') {
    const { documentId, origins } = await this.vision(visibility, { mode })
    return { documentId, originId: origins[0]!.id }
  }

  async planToServe(visibility: 'participants' | 'delegation') {
    const { documentId } = await aPlan(this.stage, this.round, { visibility })
    return { documentId, visionId: (await this.vision('participants')).documentId }
  }
}
