import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { setMode } from '@multilogue/shared/documents'
import {
  declineProposal,
  draftProposal,
  incorporateProposal,
  listActs,
  offerProposal,
  rebaseProposal,
  tableProposal,
  takePosition,
  withdrawProposal,
} from '@multilogue/shared/negotiation'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { Negotiators, named, OPERATIVE, words } from './negotiators.js'

let stage: Stage
let round: SmallRound
let at: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
})
afterAll(() => stage.close())

describe('Proposals', () => {
  it('[NEGO-6] needs a sponsor for what a stakeholder proposes', async () => {
    const { documentId, op } = await at.zeroDraft()
    const made = await at.draft('agi.head', documentId, op[3]!, 'Support cooperatives and small firms;')
    expect((await stage.call('agi.head', tableProposal, named(made))).says).toBe('sponsor-needed')
    const offered = await stage.done('agi.head', offerProposal, { ...named(made), delegationId: round.delegations.GHA })
    expect((await at.seen('deu.head', documentId)).proposals).toEqual([])
    expect((await at.seen('gha.head', documentId)).proposals).toMatchObject([
      { state: 'offered', delegation: { code: 'AGI' } },
    ])
    const put = await stage.done('gha.head', tableProposal, named(offered))
    expect(put).toMatchObject({ state: 'tabled', delegation: { code: 'AGI' }, sponsors: [{ code: 'GHA' }] })
  })

  it('[NEGO-7] keeps positions by delegation and the whole trail', async () => {
    const { documentId, op } = await at.zeroDraft()
    const made = await at.tabled('deu.head', documentId, op[4]!, 'Decide to review progress in two years.')
    const stand = (who: string, position: 'support' | 'can_live_with' | 'oppose' | null) =>
      stage.done(who, takePosition, { proposalId: made.id, position })
    await stand('gha.head', 'oppose')
    await stand('gha.head', 'can_live_with')
    await stand('eth.head', 'support')
    const { positions } = await stand('eth.head', null)
    expect(positions.map(({ code, position }) => [code, position])).toEqual([['GHA', 'can_live_with']])
    const declined = await stage.done('facilitator', declineProposal, {
      ...named(made),
      note: 'One year was agreed before.',
    })
    expect(declined).toMatchObject({ state: 'not_retained', note: 'One year was agreed before.' })
    expect((await stage.call('gha.head', takePosition, { proposalId: made.id, position: 'support' })).says).toBe(
      'wrong-state',
    )
    const acts = await stage.done('agi.head', listActs, { documentId })
    expect(acts.map(({ act }) => act)).toEqual([
      'not-retained',
      'no-position',
      'support',
      'can_live_with',
      'oppose',
      'tabled',
    ])
    const change = stage.source.query(`UPDATE negotiation_act SET note = 'another'`)
    await expect(change).rejects.toThrow(/never change/)
  })

  it('[NEGO-8] keeps what is written while the text is frozen as a draft', async () => {
    const { documentId, op } = await at.zeroDraft()
    await stage.done('facilitator', setMode, { documentId, mode: 'frozen', revision: 2 })
    const made = await stage.done('gha.head', draftProposal, {
      documentId,
      operation: 'replace',
      paragraphId: op[0]!,
      words: 'Agree on eleven indicators;',
    })
    expect((await stage.call('gha.head', tableProposal, named(made))).says).toBe('text-not-writable')
    await stage.done('facilitator', setMode, { documentId, mode: 'negotiating', revision: 3 })
    expect(words((await stage.done('gha.head', tableProposal, named(made))).content)).toEqual([
      'Agree on eleven indicators;',
    ])
  })

  it('[NEGO-9] deletes, merges and moves paragraphs as proposed, and says so when the paragraph is gone', async () => {
    const { documentId, op } = await at.zeroDraft()
    const gone = await at.tabled('deu.head', documentId, op[0]!, '', 'delete')
    const onIt = await at.tabled('gha.head', documentId, op[0]!, 'Agree on nine indicators;')
    await stage.done('facilitator', incorporateProposal, named(gone))
    expect((await stage.call('facilitator', incorporateProposal, named(onIt))).says).toBe('text-moved-on')
    expect((await stage.call('gha.head', rebaseProposal, named(onIt))).says).toBe('wrong-state')
    await stage.done('gha.head', withdrawProposal, named(onIt))

    const joined = await stage.done('eth.head', draftProposal, {
      documentId,
      operation: 'merge',
      paragraphId: op[1]!,
      otherId: op[2]!,
    })
    const merge = await stage.done('eth.head', tableProposal, named(joined))
    await stage.done('facilitator', incorporateProposal, named(merge))
    const moved = await stage.done('eth.head', draftProposal, {
      documentId,
      operation: 'move',
      paragraphId: op[4]!,
      otherId: op[1]!,
    })
    const move = await stage.done('eth.head', tableProposal, named(moved))
    await stage.done('facilitator', incorporateProposal, named(move))
    const { blocks } = await at.seen('chair', documentId)
    expect(blocks.slice(4).map(({ id }) => id)).toEqual([op[1], op[4], op[3]])
    expect(words(blocks)![4]).toBe(`${OPERATIVE[1]} ${OPERATIVE[2]}`)
  })
})
