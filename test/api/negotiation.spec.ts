import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument } from '@multilogue/shared/documents'
import { readText } from '@multilogue/shared/history'
import {
  draftProposal,
  getIssued,
  incorporateProposal,
  issueDocument,
  listActs,
  mergeProposals,
  rebaseProposal,
  setParagraphStatus,
  sponsorProposal,
  tableProposal,
} from '@multilogue/shared/negotiation'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Negotiators, named, OPERATIVE, PREAMBLE, words } from './negotiators.js'
import { Pen } from './pen.js'

let stage: Stage
let round: SmallRound
let at: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
})
afterAll(() => stage.close())

describe('A negotiation', () => {
  it('[NEGO-1] goes from a zero draft through rivals to a revision without brackets', async () => {
    const { documentId, pp, op } = await at.zeroDraft()
    const first = await stage.done('secretariat', issueDocument, { documentId, series: 'L' })
    expect(first).toMatchObject({ symbol: 'T.3/L.1', distribution: 'limited', supersedes: null })

    const ldc = await at.tabled('eth.head', documentId, op[1]!, 'Invite partners to publish their offers to the LDCs;')
    await stage.done('gha.head', sponsorProposal, { proposalId: ldc.id, sponsors: true })
    const rival = await at.tabled('deu.head', documentId, op[2]!, 'Call for free data flows with trust;')
    const other = await at.tabled('gha.head', documentId, op[2]!, 'Call for data flows under national law;')
    const women = await at.tabled(
      'gha.head',
      documentId,
      op[3]!,
      'Support cooperatives led by women that sell traceable products;',
    )
    const added = await at.tabled(
      'eth.head',
      documentId,
      op[4]!,
      'Exchange experience among export consortia;',
      'insert',
    )
    await stage.done('facilitator', incorporateProposal, named(women))
    const fourth = (await stage.done('chair', readText, { documentId })).paragraphs.find(({ id }) => id === op[3])!
    expect(fourth.runs.map(({ text, written }) => [written.code, text])).toEqual([
      ['facilitator', 'Support cooperatives '],
      ['GHA', 'led by women '],
      ['facilitator', 'that sell traceable products;'],
    ])
    for (const id of [...pp, op[0]!, op[3]!, op[4]!]) await at.agree(documentId, id)

    const reading = await at.seen('unctad.head', documentId)
    expect(reading.convergence).toEqual({ agreed: 6, live: 9 })
    expect(reading.proposals.map(({ number, state }) => [number, state])).toEqual([
      [1, 'tabled'],
      [2, 'tabled'],
      [3, 'tabled'],
      [4, 'incorporated'],
      [5, 'tabled'],
    ])
    expect(reading.proposals[0]!.sponsors.map(({ code }) => code)).toEqual(['ETH', 'GHA'])
    expect(reading.blocks.map(({ status }) => status)).toEqual([
      null,
      ...['agreed_ad_ref', 'agreed_ad_ref', 'agreed_ad_ref'],
      ...['agreed_ad_ref', 'bracketed', 'bracketed', 'agreed_ad_ref', 'agreed_ad_ref'],
    ])
    expect(words(reading.blocks)![7]).toBe('Support cooperatives led by women that sell traceable products;')

    const compromise = {
      documentId,
      paragraphId: op[2]!,
      hash: await at.hashOf(documentId, op[2]!),
      proposalIds: [rival.id, other.id],
      words: 'Call for data flows with trust, under national law;',
    }
    await stage.done('facilitator', mergeProposals, compromise)
    await stage.done('facilitator', incorporateProposal, named((await at.seen('chair', documentId)).proposals[0]!))
    await stage.done('facilitator', incorporateProposal, named(added))
    const { blocks } = await at.seen('chair', documentId)
    expect(blocks.at(-1)).toMatchObject({ part: 'operative', bis: true })
    for (const id of [op[1]!, op[2]!, blocks.at(-1)!.id]) await at.agree(documentId, id)
    expect((await at.seen('gha.head', documentId)).convergence).toEqual({ agreed: 9, live: 9 })

    const base = { issuedId: first.id, modifier: 'Rev' as const }
    const second = await stage.done('secretariat', issueDocument, { documentId, base })
    expect(second).toMatchObject({ symbol: 'T.3/L.1/Rev.1', supersedes: 'T.3/L.1' })
    const issued = await stage.done('agi.head', getIssued, { issuedId: second.id })
    expect(words(issued.blocks)!.slice(4)).toEqual([
      OPERATIVE[0],
      'Invite partners to publish their offers to the LDCs;',
      compromise.words,
      'Support cooperatives led by women that sell traceable products;',
      OPERATIVE[4],
      'Exchange experience among export consortia;',
    ])
    expect(issued.blocks.some(({ bis }) => bis)).toBe(false)
    const zero = await stage.done('agi.head', getIssued, { issuedId: first.id })
    expect(words(zero.blocks)).toEqual(['Outcome', ...PREAMBLE, ...OPERATIVE])
    const now = await at.seen('chair', documentId)
    expect([now.convergence, now.blocks.some(({ bis }) => bis)]).toEqual([{ agreed: 9, live: 9 }, false])

    const acts = await stage.done('unctad.head', listActs, { documentId, q: 'P3' })
    expect(acts.map(({ act, by }) => [act, by.code])).toEqual([
      ['merged', 'facilitator'],
      ['tabled', 'GHA'],
    ])
  })

  it('[NEGO-2] keeps a draft within its delegation until it is tabled', async () => {
    const { documentId, op } = await at.zeroDraft()
    const made = await at.draft('gha.adviser', documentId, op[0]!, 'Agree on twelve indicators;')
    expect((await at.seen('gha.head', documentId)).proposals).toMatchObject([{ id: made.id, state: 'draft' }])
    for (const who of ['eth.head', 'facilitator', 'secretariat', 'agi.head']) {
      expect((await at.seen(who, documentId)).proposals).toEqual([])
      expect((await stage.call(who, getDocument, { documentId: made.id })).says).toBe('not-found')
      expect((await stage.call(who, tableProposal, named(made))).says).toBe('not-found')
    }
    expect((await stage.call('gha.adviser', tableProposal, named(made))).says).toBe('not-allowed')
    const follower = await stage.follow('eth.head', round.roundId)
    await stage.done('gha.head', tableProposal, named(made))
    await until('it is heard of', () => follower.heard.some(({ name }) => name === 'negotiation.moved'))
    follower.close()
    expect((await at.seen('eth.head', documentId)).proposals[0]).toMatchObject({
      number: 1,
      delegation: { code: 'GHA' },
    })
    const late = new Pen(stage, 'gha.head', made.id)
    await late.sync()
    await expect(late.write((pen) => pen.text(0).insert(0, 'More '))).rejects.toThrow()
  })

  it('[NEGO-3] asks for a rebase when the ground has moved, and never applies silently', async () => {
    const { documentId, op } = await at.zeroDraft()
    const old = await at.draft('deu.head', documentId, op[3]!, 'Support every cooperative;')
    const women = await at.tabled('gha.head', documentId, op[3]!, 'Support cooperatives led by women;')
    const rival = await at.tabled('eth.head', documentId, op[3]!, 'Support cooperatives in LDCs;')
    await stage.done('facilitator', incorporateProposal, named(women))
    expect((await stage.call('deu.head', tableProposal, named(old))).says).toBe('text-moved-on')
    expect((await stage.call('facilitator', incorporateProposal, named(rival))).says).toBe('text-moved-on')
    const { proposals } = await at.seen('deu.head', documentId)
    expect(proposals.find(({ id }) => id === old.id)).toMatchObject({
      outdated: true,
      may: expect.arrayContaining(['rebase']),
    })
    const rebased = await stage.done('deu.head', rebaseProposal, named(old))
    expect([rebased.outdated, words(rebased.base)]).toEqual([false, ['Support cooperatives led by women;']])
    expect((await stage.done('deu.head', tableProposal, named(rebased))).content).toMatchObject([
      { runs: [{ text: 'Support every cooperative;' }] },
    ])
  })

  it('[NEGO-4] lets one of two facilitators who incorporate rivals at once succeed', async () => {
    const { documentId, op } = await at.zeroDraft()
    const rivals = [
      await at.tabled('deu.head', documentId, op[2]!, 'Call for free data flows;'),
      await at.tabled('gha.head', documentId, op[2]!, 'Call for data flows under law;'),
    ]
    const answers = await Promise.all(
      rivals.map((rival, i) => stage.call(i ? 'chair' : 'facilitator', incorporateProposal, named(rival))),
    )
    expect(answers.map(({ says }) => says).sort()).toEqual(['ok', 'text-moved-on'])
    const { blocks, proposals } = await at.seen('chair', documentId)
    const taken = proposals.find(({ state }) => state === 'incorporated')!
    expect(words(blocks)).toContain(words(taken.content)![0])
  })

  it('[NEGO-5] reopens an agreed paragraph that is edited, and refuses proposals on an agreed one', async () => {
    const { documentId, op } = await at.zeroDraft()
    await at.agree(documentId, op[0]!)
    const asked = { documentId, paragraphId: op[0]!, operation: 'replace' as const }
    expect((await stage.call('gha.head', draftProposal, asked)).says).toBe('paragraph-agreed')
    const follower = await stage.follow('agi.head', round.roundId)
    await new Pen(stage, 'facilitator', documentId).write((pen) => pen.text(4).insert(0, 'Now '))
    await until('it is told', () => follower.heard.some(({ name }) => name === 'negotiation.moved'))
    follower.close()
    const [last] = await stage.done('agi.head', listActs, { documentId })
    expect(last).toMatchObject({ act: 'edited-after-agreement', by: { code: 'facilitator' }, paragraphId: op[0] })
    const edited = (await at.seen('gha.head', documentId)).blocks[4]!
    expect(edited).toMatchObject({ status: 'open', editedSince: true })
    await stage.done('gha.head', draftProposal, asked)
    const stale = { documentId, paragraphId: op[1]!, hash: edited.hash, status: 'agreed_ad_ref' as const }
    expect((await stage.call('facilitator', setParagraphStatus, stale)).says).toBe('text-moved-on')
    const { hash } = (await at.agree(documentId, op[1]!)).blocks[5]!
    const reopen = { documentId, paragraphId: op[1]!, hash, status: 'open' as const }
    expect((await stage.call('facilitator', setParagraphStatus, reopen)).says).toBe('invalid-input')
    const opened = await stage.done('facilitator', setParagraphStatus, {
      ...reopen,
      reason: 'Ghana has new instructions.',
    })
    expect(opened.blocks[5]).toMatchObject({ status: 'open', set: { reason: 'Ghana has new instructions.' } })
  })
})
