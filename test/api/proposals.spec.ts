import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { openBracket } from '@multilogue/shared/brackets'
import { deletionsIn } from '@multilogue/shared/compilation'
import { getDocument, setMode } from '@multilogue/shared/documents'
import { readText } from '@multilogue/shared/history'
import {
  declineProposal,
  draftProposal,
  incorporateProposal,
  listActs,
  mergeProposals,
  offerProposal,
  rebaseProposal,
  tableProposal,
  takePosition,
  withdrawProposal,
  type Operation,
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
    const acts = await stage.done('agi.head', listActs, { documentId, paragraphId: op[0]! })
    expect(acts.find(({ act }) => act === 'incorporated')).toMatchObject({ operation: 'delete', words: OPERATIVE[0] })
  })

  it('[NEGO-11] splits a paragraph in two, the first of which it stays', async () => {
    const { documentId, op } = await at.zeroDraft()
    const on = { documentId, operation: 'split' as const, paragraphId: op[3]! }
    const whole = await stage.done('eth.head', draftProposal, on)
    expect((await stage.call('eth.head', tableProposal, named(whole))).says).toBe('wrong-state')
    const parts = ['Support cooperatives led by women;', 'Support those that sell traceable products;']
    const drafted = await stage.done('eth.head', draftProposal, { ...on, words: parts.join('\n') })
    const split = await stage.done('eth.head', tableProposal, named(drafted))
    expect([words(split.base), words(split.content)]).toEqual([[OPERATIVE[3]], parts])
    expect((await at.seen('chair', documentId)).blocks[7]).toMatchObject({ id: op[3], status: 'bracketed' })
    // Who proposes to split does not speak for who holds brackets around words on either side.
    for (const quote of ['cooperatives', 'traceable'])
      await stage.done('facilitator', openBracket, {
        documentId,
        paragraphId: op[3]!,
        from: OPERATIVE[3]!.indexOf(quote),
        quote,
        reason: 'Not yet agreed.',
      })
    await stage.done('facilitator', incorporateProposal, named(split))
    const { blocks, brackets } = await at.seen('chair', documentId)
    expect(blocks.slice(7, 9)).toMatchObject([
      { id: op[3], part: 'operative', status: 'bracketed' },
      { part: 'operative', bis: true, status: 'bracketed' },
    ])
    expect(words(blocks)!.slice(7)).toEqual([...parts, OPERATIVE[4]])
    expect(brackets.map(({ words }) => words).sort()).toEqual(['cooperatives', 'traceable'])
    const { paragraphs } = await stage.done('chair', readText, { documentId })
    const written = paragraphs.find(({ id }) => id === blocks[8]!.id)!.runs
    const theirs = written.filter((run) => run.written.code === 'ETH').map(({ text }) => text)
    expect(theirs.join('')).toContain('Support those')
  })

  it('[NEGO-12] splits nothing that is agreed or not a paragraph, and merges with nothing of the kind', async () => {
    const { documentId, op } = await at.zeroDraft()
    const title = (await at.seen('chair', documentId)).blocks[0]!.id
    await at.agree(documentId, op[1]!)
    const asked = (operation: Operation, paragraphId: string, otherId?: string) =>
      stage.call('gha.head', draftProposal, { documentId, operation, paragraphId, ...(otherId ? { otherId } : {}) })
    expect((await asked('split', op[1]!)).says).toBe('paragraph-agreed')
    expect((await asked('merge', op[0]!, op[1])).says).toBe('paragraph-agreed')
    expect((await asked('split', title)).says).toBe('wrong-state')
    expect((await asked('merge', op[2]!, op[4])).says).toBe('invalid-input')
    expect((await asked('move', op[2]!, op[2])).says).toBe('invalid-input')
    const unmoved = await asked('move', op[3]!, op[2])
    expect((await stage.call('gha.head', tableProposal, named(unmoved.output!))).says).toBe('wrong-state')
  })

  it('[NEGO-13] keeps the words of what is proposed on a paragraph that is deleted meanwhile', async () => {
    const { documentId, op } = await at.zeroDraft()
    const draft = await at.draft('gha.head', documentId, op[0]!, 'Agree on nine indicators;')
    const behind = await at.tabled('eth.head', documentId, op[0]!, 'Exchange experience;', 'insert')
    const gone = await at.tabled('deu.head', documentId, op[0]!, '', 'delete')
    await stage.done('facilitator', incorporateProposal, named(gone))
    const again = { documentId, operation: 'replace' as const, paragraphId: op[0]!, words: 'Agree;' }
    expect((await stage.call('gha.head', draftProposal, again)).says).toBe('invalid-input')
    expect((await stage.call('gha.head', tableProposal, named(draft))).says).toBe('text-moved-on')
    expect((await stage.call('gha.head', rebaseProposal, named(draft))).says).toBe('wrong-state')
    expect((await stage.call('facilitator', incorporateProposal, named(behind))).says).toBe('text-moved-on')
    const kept = await stage.done('gha.head', getDocument, { documentId: draft.id })
    expect(kept.paragraphs.map(({ text }) => text)).toEqual(['Agree on nine indicators;'])
    const { proposals } = await at.seen('gha.head', documentId)
    expect(proposals.map(({ state, outdated }) => [state, outdated])).toEqual([
      ['tabled', true],
      ['incorporated', false],
      ['draft', true],
    ])
    expect(words(proposals[0]!.content)).toEqual(['Exchange experience;'])
    expect(words(deletionsIn({ proposals, blocks: (await at.seen('gha.head', documentId)).blocks })[0]!.base)).toEqual([
      OPERATIVE[0],
    ])
  })

  it('[NEGO-14] lets one of two acts on the same proposal or its paragraph succeed, and loses nothing', async () => {
    const { documentId, op } = await at.zeroDraft()
    const said = async (...acts: Promise<{ says: string }>[]) =>
      (await Promise.all(acts)).map(({ says }) => says).sort()
    const once = await at.tabled('deu.head', documentId, op[0]!, 'Agree on nine indicators;')
    expect(
      await said(
        stage.call('facilitator', incorporateProposal, named(once)),
        stage.call('chair', incorporateProposal, named(once)),
      ),
    ).toEqual(['ok', 'wrong-state'])
    const taken = await at.tabled('deu.head', documentId, op[1]!, 'Invite all partners;')
    expect(
      await said(
        stage.call('facilitator', incorporateProposal, named(taken)),
        stage.call('deu.head', withdrawProposal, named(taken)),
      ),
    ).toEqual(['ok', 'wrong-state'])
    const [cut, reworded] = [
      await at.tabled('gha.head', documentId, op[2]!, '', 'delete'),
      await at.tabled('eth.head', documentId, op[2]!, 'Call for data flows under law;'),
    ]
    expect(
      await said(
        stage.call('facilitator', incorporateProposal, named(cut)),
        stage.call('chair', mergeProposals, {
          documentId,
          paragraphId: op[2]!,
          hash: await at.hashOf(documentId, op[2]!),
          proposalIds: [reworded.id],
          words: 'Call for trust;',
        }),
      ),
    ).toEqual(['ok', 'text-moved-on'])
    const { blocks, proposals } = await at.seen('chair', documentId)
    expect(words(blocks)!.filter((text) => text === 'Agree on nine indicators;')).toHaveLength(1)
    const [first, second] = [cut, reworded].map(({ id }) => proposals.find((proposal) => proposal.id === id)!)
    const isCut = first!.state === 'incorporated'
    expect([first!.state, second!.state]).toEqual(isCut ? ['incorporated', 'tabled'] : ['tabled', 'merged'])
    expect(words(second!.content)).toEqual(['Call for data flows under law;'])
    expect(words(first!.base)).toEqual([OPERATIVE[2]])
    expect(words(blocks)!.includes('Call for trust;')).toBe(!isCut)
  })
})
