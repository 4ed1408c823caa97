import { openProcedure } from '@multilogue/shared/decisions'
import type { RawInputOf } from '@multilogue/shared/contract'
import { incorporateProposal, issueDocument, type Modifier } from '@multilogue/shared/negotiation'
import { getRound } from '@multilogue/shared/rounds'
import { setRules, type RoundRules } from '@multilogue/shared/rules'
import type { z } from 'zod'
import type { SmallRound } from '../support/small-round.js'
import type { Stage } from '../support/stage.js'
import { named, Negotiators } from './negotiators.js'

/** A chair, a secretariat and delegations that decide on a text. */
export class Deciders {
  readonly negotiators: Negotiators

  constructor(
    private readonly stage: Stage,
    private readonly round: SmallRound,
  ) {
    this.negotiators = new Negotiators(stage, round)
  }

  /** One more member delegation with its head, `<code>.head`. */
  async member(code: string, name: string): Promise<string> {
    const { world } = this.stage
    const id = await world.delegation(this.round.roundId, { code, name, kind: 'member' })
    const key = `${code.toLowerCase()}.head`
    if (!world.people.has(key)) await world.person(key, `${name} head`)
    await world.seat(key, this.round.roundId, 'head', id)
    return id
  }

  async rules(changed: Partial<RoundRules>): Promise<void> {
    const { roundId } = this.round
    const { rules, revision } = await this.stage.done('secretariat', getRound, { roundId })
    await this.stage.done('secretariat', setRules, { roundId, rules: { ...rules, ...changed }, revision })
  }

  /** Three preambular and six operative paragraphs, all agreed ad referendum. */
  async agreedText() {
    const { documentId, pp, op } = await this.negotiators.zeroDraft()
    const inserted = await this.negotiators.tabled(
      'eth.head',
      documentId,
      op[4]!,
      'Encourage exchange of peers.',
      'insert',
    )
    await this.stage.done('facilitator', incorporateProposal, named(inserted))
    const { blocks } = await this.negotiators.seen('chair', documentId)
    for (const { id, status } of blocks) if (status !== null) await this.negotiators.agree(documentId, id)
    return { documentId, pp, op }
  }

  issue(documentId: string, base?: { issuedId: string; modifier: z.infer<typeof Modifier> }) {
    return this.stage.done('secretariat', issueDocument, base ? { documentId, base } : { documentId, series: 'L' })
  }

  /** What is asked, by the chair in the one session. */
  ask(input: Omit<RawInputOf<typeof openProcedure>, 'sessionId'>, who = 'chair') {
    return this.stage.done(who, openProcedure, { sessionId: this.round.sessionId, ...input })
  }

  /** A text of its own, issued, for a question on the whole of it. */
  async issuedText() {
    const { documentId, op } = await this.negotiators.zeroDraft()
    const { id: issuedId } = await this.issue(documentId)
    return { documentId, issuedId, op }
  }
}
