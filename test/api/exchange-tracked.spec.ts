import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { sponsorProposal } from '@multilogue/shared/negotiation'
import { fileOf } from '../support/files.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { trackedIn, wordParts, wordsOfWord } from '../support/word.js'
import { Negotiators, OPERATIVE } from './negotiators.js'

/* Proposals as tracked changes, out to Word and back. */

let stage: Stage
let round: SmallRound
let at: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
})
afterAll(() => stage.close())

describe('Proposals in a Word file', () => {
  it('[EXCH-21] what is tabled is a tracked change of those who table it', async () => {
    const { documentId, op } = await at.zeroDraft()
    const ldc = await at.tabled('eth.head', documentId, op[1]!, 'Invite partners to publish their offers to the LDCs;')
    await stage.done('gha.head', sponsorProposal, { proposalId: ldc.id, sponsors: true })
    await at.tabled('deu.head', documentId, op[2]!, 'Call for free data flows with trust;')
    await at.tabled('gha.head', documentId, op[2]!, 'Call for data flows under national law;')
    await at.tabled('gha.head', documentId, op[3]!, '', 'delete')
    await at.tabled('eth.head', documentId, op[4]!, 'Exchange experience;', 'insert')
    await at.draft('gha.head', documentId, op[0]!, 'A secret draft;')
    const { bytes } = await fileOf(stage, documentId, 'tracked')
    const changes = trackedIn(bytes)
    const told = changes.map(({ kind, author, words }) => `${kind} ${author}: ${words}`)
    expect(told.filter((line) => !line.includes('DEU'))).toEqual([
      'del ETH, GHA: of',
      'ins ETH, GHA: to',
      'del ETH, GHA: assistance',
      'ins ETH, GHA: the LDCs',
      'ins GHA: 3 bis.\t',
      'ins GHA: Call for data flows under national law;',
      'del GHA: 4. ',
      `del GHA: ${OPERATIVE[3]}`,
      'ins ETH: 5 bis.\t',
      'ins ETH: Exchange experience;',
    ])
    expect(told.filter((line) => line.includes('DEU')).length).toBeGreaterThan(3)
    expect(changes.every(({ date }) => Date.parse(date) === Date.UTC(2027, 5, 8, 9))).toBe(true)
    expect(wordParts(bytes)['word/document.xml']).not.toContain('secret')
    expect(wordsOfWord(bytes)).toContain('2.\tInvite partners to publish their offers to the LDCs;')
    expect(wordsOfWord((await fileOf(stage, documentId, 'docx')).bytes)).toContain(`2.\t${OPERATIVE[1]}`)
    expect(wordsOfWord(bytes)).toContain('3.\tCall for free data flows with trust;')
  })
})
