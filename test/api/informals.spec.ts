import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { visibilityOf } from '../support/informals.js'
import { getDocument, listDocuments, setMode } from '@multilogue/shared/documents'
import { closeInformal, getInformal, listInformals, offerInformal, openInformal } from '@multilogue/shared/informals'
import {
  getNegotiation,
  incorporateProposal,
  listActs,
  rebaseProposal,
  sponsorProposal,
  tableProposal,
  takePosition,
} from '@multilogue/shared/negotiation'
import { getRound } from '@multilogue/shared/rounds'
import { setRules } from '@multilogue/shared/rules'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Negotiators, named, OPERATIVE, words } from './negotiators.js'
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

/** Other words for the block at a place of a text, written by somebody through the text's own way in. */
const reword = (who: string, documentId: string, place: number, text: string) =>
  new Pen(stage, who, documentId).write((pen) => {
    const run = (pen.blocks.get(place) as Y.XmlElement).get(0) as Y.XmlText
    run.delete(0, run.length)
    run.insert(0, text)
  })

/** Ghana and Germany on the second and third operative paragraph. */
async function convened() {
  const { documentId, op } = await at.zeroDraft()
  const { GHA, DEU } = round.delegations
  const informal = await stage.done('facilitator', openInformal, {
    ...{ documentId, title: 'On data and offers', paragraphIds: [op[2]!, op[1]!], delegationIds: [GHA, DEU] },
  })
  return { documentId, op, informal, informalId: informal.id }
}

it('[INF-1] who is invited writes it; for everybody else it does not exist, whichever way they ask', async () => {
  const [ghana, ethiopia] = [
    await stage.follow('gha.head', round.roundId),
    await stage.follow('eth.head', round.roundId),
  ]
  const { documentId, op, informal, informalId } = await convened()
  expect(informal).toMatchObject({
    ...{ documentId, invited: [{ code: 'DEU' }, { code: 'GHA' }], convener: { role: 'facilitator' } },
    paragraphs: [
      { id: op[1], words: OPERATIVE[1], moved: false },
      { id: op[2], words: OPERATIVE[2], moved: false },
    ],
  })
  await reword('gha.adviser', informalId, 0, 'Secret words of a compromise;')
  await until('Ghana is told', () => ghana.heard.some(({ name }) => name === 'informal.changed'))
  const open = ['gha.adviser', 'deu.head', 'chair', 'facilitator', 'secretariat']
  const shut = ['eth.head', 'unctad.head', 'rapporteur', 'outsider']
  for (const who of open) {
    const seen = await visibilityOf(stage, who, { documentId, informalId, roundId: round.roundId })
    expect({ who, ...seen }).toEqual({ who, asked: ['ok'], listed: true, joins: true })
  }
  for (const who of shut) {
    const seen = await visibilityOf(stage, who, { documentId, informalId, roundId: round.roundId })
    expect({ who, ...seen }).toEqual({ who, asked: ['not-found'], listed: false, joins: false })
  }
  const file = await fetch(`${stage.address}/api/documents/${informalId}/export?format=txt`, {
    headers: { cookie: await stage.cookieOf('gha.adviser') },
  })
  expect(await file.text()).toContain('Restricted · Without prejudice to the position of any delegation')
  for (const who of ['chair', 'secretariat']) await expect(reword(who, informalId, 0, 'Not theirs.')).rejects.toThrow()
  expect(JSON.stringify(ethiopia.heard)).not.toContain(informalId)
  expect(JSON.stringify(await at.seen('eth.head', documentId))).not.toMatch(/Secret/)
  for (const follower of [ghana, ethiopia]) follower.close()
})

it('[INF-2] where the round says so, chair and secretariat do not read it, and what has begun keeps its rule', async () => {
  const { informalId: before } = await convened()
  const { rules, revision } = await stage.done('secretariat', getRound, { roundId: round.roundId })
  const ruled = await stage.done('secretariat', setRules, {
    ...{ roundId: round.roundId, rules: { ...rules, officersInInformals: false }, revision },
  })
  const { informalId } = await convened()
  for (const who of ['chair', 'secretariat']) {
    expect((await stage.call(who, getInformal, { informalId })).says).toBe('not-found')
    expect((await stage.done(who, listDocuments, { roundId: round.roundId })).map(({ id }) => id)).not.toContain(
      informalId,
    )
    await stage.done(who, getInformal, { informalId: before })
  }
  await stage.done('secretariat', setRules, { roundId: round.roundId, rules, revision: ruled.revision })
})

it('[INF-3] what was changed comes back as proposals, the ground that moved is told, and nothing is lost', async () => {
  const { documentId, op, informalId } = await convened()
  await reword('deu.head', informalId, 0, 'Invite partners to publish offers before each round;')
  await reword('gha.head', informalId, 1, 'Call for rules that are simple;')
  await new Pen(stage, 'gha.head', informalId).write((pen) => {
    const paragraph = new Y.XmlElement('paragraph')
    paragraph.setAttribute('id', newId())
    paragraph.setAttribute('part', 'operative')
    pen.blocks.insert(2, [paragraph])
    pen.put(2, 'Welcome the offers already made;')
  })
  await reword('facilitator', documentId, 6, 'Call for fair rules on industrial data;')
  expect((await stage.done('deu.head', getInformal, { informalId })).paragraphs.map(({ moved }) => moved)).toEqual([
    false,
    true,
  ])
  const offered = await stage.done('facilitator', offerInformal, { informalId, reason: 'Agreed among those present.' })
  expect(offered).toMatchObject({ proposals: [1, 2, 3], closedAt: expect.any(String), may: [] })

  const { proposals } = await at.seen('eth.head', documentId)
  const from = { delegation: { code: 'INFORMAL' }, sponsors: [{ code: 'INFORMAL' }], informal: { role: 'facilitator' } }
  expect(proposals).toMatchObject([
    { ...from, number: 1, operation: 'replace', paragraphId: op[1], state: 'tabled', outdated: false },
    { ...from, number: 2, operation: 'replace', paragraphId: op[2], state: 'tabled', outdated: true },
    { ...from, number: 3, operation: 'insert', paragraphId: op[2], state: 'tabled', outdated: false },
  ])
  expect(words(proposals[0]!.content)).toEqual(['Invite partners to publish offers before each round;'])
  expect((await stage.call('gha.head', offerInformal, { informalId })).says).toBe('not-allowed')
  expect((await stage.call('facilitator', offerInformal, { informalId })).says).toBe('wrong-state')
  await expect(reword('gha.head', informalId, 0, 'Too late;')).rejects.toThrow()
  expect((await stage.done('gha.head', getDocument, { documentId: informalId })).mode).toBe('frozen')

  const [first, second, third] = proposals
  await stage.done('eth.head', takePosition, { proposalId: first!.id, position: 'support' })
  for (const sponsors of [true, false])
    await stage.done('eth.head', sponsorProposal, { proposalId: first!.id, sponsors })
  await stage.done('facilitator', incorporateProposal, named(first!))
  await stage.done('facilitator', incorporateProposal, named(third!))
  expect((await stage.call('facilitator', incorporateProposal, named(second!))).says).toBe('text-moved-on')
  expect((await stage.call('gha.head', rebaseProposal, named(second!))).says).toBe('not-allowed')
  const rebased = await stage.done('facilitator', rebaseProposal, named(second!))
  await reword('facilitator', second!.id, 0, 'Call for fair rules that are simple;')
  await expect(reword('gha.head', second!.id, 0, 'Mine;')).rejects.toThrow()
  const again = await stage.done('facilitator', tableProposal, named(rebased))
  expect(again).toMatchObject({ state: 'tabled', outdated: false, number: 2 })
  await stage.done('facilitator', incorporateProposal, named(again))
  const { blocks } = await stage.done('eth.head', getNegotiation, { documentId })
  expect(words(blocks)!.slice(5, 8)).toEqual([
    'Invite partners to publish offers before each round;',
    'Call for fair rules that are simple;',
    'Welcome the offers already made;',
  ])
  const acts = await stage.done('eth.head', listActs, { documentId })
  expect(acts.filter(({ act }) => act === 'tabled')).toHaveLength(4)
})

it('[INF-4] nothing to offer, a frozen text and an agreed paragraph are said, and the consultations go on', async () => {
  const { documentId, op, informalId } = await convened()
  expect((await stage.call('facilitator', offerInformal, { informalId })).says).toBe('wrong-state')
  await reword('gha.head', informalId, 0, 'Invite partners;')
  await at.agree(documentId, op[1]!)
  expect((await stage.call('facilitator', offerInformal, { informalId })).says).toBe('paragraph-agreed')
  const { revision } = await stage.done('chair', getDocument, { documentId })
  await stage.done('chair', setMode, { documentId, mode: 'frozen', revision })
  expect((await stage.call('chair', offerInformal, { informalId })).says).toBe('text-not-writable')
  expect((await at.seen('gha.head', documentId)).proposals).toEqual([])
  await reword('deu.head', informalId, 0, 'Invite all partners;')
  await stage.done('chair', closeInformal, { informalId })
  const [closed] = await stage.done('deu.head', listInformals, { documentId })
  expect(closed).toMatchObject({ proposals: [], closedAt: expect.any(String) })
})
