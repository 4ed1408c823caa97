import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addAlternative, closeBracket, openBracket, withSigns } from '@multilogue/shared/brackets'
import { setMode } from '@multilogue/shared/documents'
import { restoreText } from '@multilogue/shared/history'
import {
  getNegotiation,
  incorporateProposal,
  listActs,
  mergeProposals,
  setParagraphStatus,
  tableProposal,
} from '@multilogue/shared/negotiation'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { named, Negotiators } from './negotiators.js'
import { Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let negotiators: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  negotiators = new Negotiators(stage, round)
})
afterAll(() => stage.close())

const reason = 'Not acceptable as it stands.'
const reads = async (documentId: string, id: string) =>
  withSigns((await negotiators.seen('chair', documentId)).blocks.filter((block) => block.id === id))
const ofActs = async (documentId: string) => (await stage.done('chair', listActs, { documentId })).map(({ act }) => act)

describe('Brackets in a negotiated text', () => {
  it('[BRACKET-20] are set by who holds the pen, for the delegations named', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const bracket = await stage.done('facilitator', openBracket, {
      documentId,
      paragraphId: op[0]!,
      from: 9,
      quote: 'common baseline',
      reason,
      delegationIds: [round.delegations.GHA, round.delegations.ETH],
    })
    expect(bracket.delegations.map(({ code }) => code)).toEqual(['ETH', 'GHA'])
    expect(await reads(documentId, op[0]!)).toBe('Agree on a [common baseline] of ten indicators;')
    const now = await negotiators.seen('deu.head', documentId)
    expect(now.brackets).toMatchObject([
      { id: bracket.id, paragraphId: op[0], words: 'common baseline', reason, may: [] },
    ])
    expect(now.blocks.find(({ id }) => id === op[0])?.status).toBe('bracketed')
    expect(await ofActs(documentId)).toContain('bracket-opened')
  })

  it('[BRACKET-21] keep a paragraph from being agreed, and what is agreed takes none', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const on = { documentId, paragraphId: op[0]!, from: 0, quote: 'Agree', reason }
    const { id: bracketId } = await stage.done('facilitator', openBracket, on)
    const hash = await negotiators.hashOf(documentId, op[0]!)
    const agree = { documentId, paragraphId: op[0]!, hash, status: 'agreed_ad_ref' as const }
    expect((await stage.call('facilitator', setParagraphStatus, agree)).says).toBe('wrong-state')
    await stage.done('facilitator', closeBracket, { bracketId, outcome: 'kept', reason: 'Withdrawn.' })
    await stage.done('facilitator', setParagraphStatus, agree)
    expect((await stage.call('facilitator', openBracket, on)).says).toBe('paragraph-agreed')
    expect(await ofActs(documentId)).toContain('bracket-kept')
  })

  it('[BRACKET-22] hold alternatives, of which one stays', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const { id: bracketId } = await stage.done('facilitator', openBracket, {
      documentId,
      paragraphId: op[1]!,
      from: 0,
      quote: 'Invite',
      reason,
      delegationIds: [round.delegations.GHA],
    })
    const other = await stage.done('facilitator', addAlternative, {
      bracketId,
      words: 'Call upon',
      delegationIds: [round.delegations.DEU],
    })
    expect(other.alternativeOf).toBe(bracketId)
    expect(await reads(documentId, op[1]!)).toBe('[Invite][Call upon] partners to publish their offers of assistance;')
    await stage.done('facilitator', closeBracket, { bracketId: other.id, outcome: 'kept', reason: 'So agreed.' })
    expect(await reads(documentId, op[1]!)).toBe('Call upon partners to publish their offers of assistance;')
    expect((await negotiators.seen('chair', documentId)).brackets).toEqual([])
    const again = await stage.call('facilitator', closeBracket, { bracketId, outcome: 'kept', reason })
    expect(again.says).toBe('wrong-state')
  })

  it('[BRACKET-23] are set and taken back by a delegation for itself, while all draft', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const on = { documentId, paragraphId: op[0]!, from: 12, quote: 'common ', reason }
    expect((await stage.call('gha.head', openBracket, on)).says).toBe('text-not-writable')
    await stage.done('facilitator', setMode, { documentId, mode: 'drafting', revision: 2 })
    const others = { ...on, delegationIds: [round.delegations.ETH] }
    expect((await stage.call('gha.head', openBracket, others)).says).toBe('not-allowed')
    const { id: bracketId, delegations } = await stage.done('gha.head', openBracket, on)
    expect(delegations.map(({ code }) => code)).toEqual(['GHA'])
    const close = { bracketId, outcome: 'deleted' as const, reason: 'Not needed.' }
    expect((await stage.call('eth.head', closeBracket, close)).says).toBe('not-allowed')
    await stage.done('gha.adviser', closeBracket, close)
    expect(await reads(documentId, op[0]!)).toBe('Agree on a baseline of ten indicators;')
  })

  it('[BRACKET-24] find their words after others have written, or say that the text has moved on', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const pen = new Pen(stage, 'facilitator', documentId)
    await pen.write((editor) => editor.text(4).insert(0, 'Hereby '))
    const on = { documentId, paragraphId: op[0]!, from: 12, reason }
    await stage.done('facilitator', openBracket, { ...on, quote: 'common' })
    expect(await reads(documentId, op[0]!)).toBe('Hereby Agree on a [common] baseline of ten indicators;')
    expect((await stage.call('facilitator', openBracket, { ...on, quote: 'shared' })).says).toBe('text-moved-on')
    const gone = { ...on, paragraphId: 'nowhere', quote: 'common' }
    expect((await stage.call('facilitator', openBracket, gone)).says).toBe('not-found')
  })

  it('[BRACKET-25] come into the text with the proposal they were set in', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const drafted = await negotiators.draft('gha.head', documentId, op[2]!, 'Call for rules on data flows;')
    const bracket = await stage.done('gha.head', openBracket, {
      documentId: drafted.id,
      paragraphId: op[2]!,
      from: 9,
      quote: 'rules',
      reason,
    })
    expect((await negotiators.seen('eth.head', documentId)).brackets).toEqual([])
    await stage.done('gha.head', tableProposal, named(drafted))
    const [tabled] = (await negotiators.seen('eth.head', documentId)).proposals
    expect(withSigns(tabled!.content!)).toBe('Call for [rules] on data flows;')
    await stage.done('facilitator', incorporateProposal, named(tabled!))
    expect(await reads(documentId, op[2]!)).toBe('Call for [rules] on data flows;')
    const { brackets } = await negotiators.seen('eth.head', documentId)
    expect(brackets).toMatchObject([{ id: bracket.id, documentId, delegations: [{ code: 'GHA' }] }])
  })

  it('[BRACKET-28] opened after a proposal was written stay around the words that stay', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const proposal = await negotiators.tabled(
      'gha.head',
      documentId,
      op[1]!,
      'Invite partners to publish their new offers of technical assistance in time;',
    )
    const on = { documentId, paragraphId: op[1]!, from: 0, reason }
    await stage.done('facilitator', openBracket, { ...on, quote: 'Invite' })
    await stage.done('facilitator', openBracket, { ...on, quote: 'their offers of assistance' })
    await stage.done('facilitator', incorporateProposal, named(proposal))
    expect(await reads(documentId, op[1]!)).toBe(
      '[Invite] partners to publish [their new offers of technical assistance] in time;',
    )
    expect((await negotiators.seen('chair', documentId)).brackets).toHaveLength(2)
  })

  it('[BRACKET-26] that a program takes away, or an older version brings back, stand in the trail', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    const on = { documentId, paragraphId: op[3]!, from: 8, quote: 'cooperatives ', reason }
    await stage.done('facilitator', openBracket, on)
    const { no } = await negotiators.seen('chair', documentId)
    const follower = await stage.follow('agi.head', round.roundId)
    const heard = async (act: string) => {
      await until('it is told', () => follower.heard.some(({ name }) => name === 'negotiation.moved'))
      follower.heard.length = 0
      expect(await ofActs(documentId)).toContain(act)
    }
    const pen = new Pen(stage, 'facilitator', documentId)
    await pen.write((editor) => editor.text(7).delete(8, 13))
    await heard('bracket-lost')
    expect((await stage.done('chair', getNegotiation, { documentId })).brackets).toEqual([])
    await stage.done('facilitator', restoreText, { documentId, no, revision: 2 })
    await heard('bracket-returned')
    expect(await reads(documentId, op[3]!)).toBe('Support [cooperatives ]that sell traceable products;')
    expect((await stage.done('chair', getNegotiation, { documentId })).brackets).toHaveLength(1)
    follower.close()
  })

  it('[BRACKET-27] round words for which a compromise was written are gone, and closed', async () => {
    const { documentId, op } = await negotiators.zeroDraft()
    await stage.done('facilitator', openBracket, { documentId, paragraphId: op[4]!, from: 0, quote: 'Decide', reason })
    const proposal = await negotiators.tabled('gha.head', documentId, op[4]!, 'Decide to review progress in two years.')
    await stage.done('facilitator', mergeProposals, {
      documentId,
      paragraphId: op[4]!,
      hash: await negotiators.hashOf(documentId, op[4]!),
      proposalIds: [proposal.id],
      words: 'Agree to review progress in two years.',
    })
    expect((await negotiators.seen('chair', documentId)).brackets).toEqual([])
    expect(await reads(documentId, op[4]!)).toBe('Agree to review progress in two years.')
  })
})
