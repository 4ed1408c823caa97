import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { getDocument } from '@multilogue/shared/documents'
import { proposeFromFile } from '@multilogue/shared/exchange'
import {
  draftProposal,
  incorporateProposal,
  issueDocument,
  sponsorProposal,
  tableProposal,
  type Operation,
} from '@multilogue/shared/negotiation'
import { aTextFrom, fileOf } from '../support/files.js'
import { integrityOf } from '../support/integrity.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import {
  aPolicyPaper,
  aWordFile,
  changedFile,
  editedWord,
  tablesOfWord,
  trackedIn,
  wordParts,
  wordsOfWord,
} from '../support/word.js'
import { named, Negotiators, OPERATIVE } from './negotiators.js'

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

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

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

  it('[EXCH-26] what is split, merged and moved is told in words that come and go, and known when it comes back', async () => {
    const { documentId, op } = await at.zeroDraft()
    const draft = (operation: Operation, paragraphId: string, more: { otherId?: string; words?: string }) =>
      stage.done('gha.head', draftProposal, { documentId, operation, paragraphId, ...more })
    const parts = ['Support cooperatives;', 'Support those that sell traceable products;']
    for (const drafted of [
      await draft('split', op[3]!, { words: parts.join('\n') }),
      await draft('merge', op[0]!, { otherId: op[1]! }),
      await draft('move', op[4]!, { otherId: op[2]! }),
    ])
      await stage.done('gha.head', tableProposal, named(drafted))
    const { bytes } = await fileOf(stage, documentId, 'tracked')
    const told = trackedIn(bytes).map(({ kind, words }) => `${kind}: ${words}`)
    expect(told).toContain('ins: 4 bis.\t')
    expect(told).toContain(`ins: ${parts[1]}`)
    expect(told).toContain(`ins:  ${OPERATIVE[1]}`)
    expect(told).toContain(`del: ${OPERATIVE[1]}`)
    expect(told).toContain('ins: 3 bis.\t')
    expect(told).toContain(`ins: ${OPERATIVE[4]}`)
    expect(told).toContain(`del: ${OPERATIVE[4]}`)
    expect(wordsOfWord(bytes)).toContain(`4.\t${parts[0]}`)
    const again = await stage.done('gha.head', proposeFromFile, { documentId, file: base64(bytes) })
    expect(again).toMatchObject({ proposals: [], ofOthers: 0, unplaced: [] })
  })

  it('[EXCH-22] what a capital changes in Word becomes drafts of its delegation, and what is tabled goes out again', async () => {
    const { documentId, op } = await at.zeroDraft()
    await at.tabled('deu.head', documentId, op[2]!, 'Call for free data flows with trust;')
    const sent = (await fileOf(stage, documentId, 'tracked')).bytes
    const file = base64(
      editedWord(sent, [
        [OPERATIVE[4]!, 'Decide to review progress ', 'in one year.', 'every year;'],
        [OPERATIVE[0]!, '', OPERATIVE[0]!, ''],
      ]),
    )
    const made = await stage.done('gha.adviser', proposeFromFile, { documentId, file })
    expect(made).toMatchObject({ known: 0, agreed: 0, ofOthers: 1, unplaced: [] })
    expect(made.proposals.map(({ operation, paragraphId, state }) => [operation, paragraphId, state])).toEqual([
      ['delete', op[0], 'draft'],
      ['replace', op[4], 'draft'],
      ['insert', op[4], 'draft'],
    ])
    const wordsOf = async (id: string) =>
      (await stage.done('gha.head', getDocument, { documentId: id })).paragraphs.map(({ text }) => text)
    expect(await wordsOf(made.proposals[1]!.id)).toEqual(['Decide to review progress every year;'])
    expect(await wordsOf(made.proposals[2]!.id)).toEqual(['Thank the hosts.'])
    expect((await at.seen('eth.head', documentId)).proposals).toHaveLength(1)
    for (const { id, revision } of made.proposals)
      await stage.done('gha.head', tableProposal, { proposalId: id, revision })
    const back = (await fileOf(stage, documentId, 'tracked')).bytes
    const told = trackedIn(back).map(({ kind, author, words }) => `${kind} ${author}: ${words}`)
    expect(told.filter((line) => line.includes('DEU'))).toEqual(
      trackedIn(sent).map(({ kind, author, words }) => `${kind} ${author}: ${words}`),
    )
    expect(told).toContain(`del GHA: ${OPERATIVE[0]}`)
    expect(told).toContain('ins GHA: every')
    expect(told).toContain('ins GHA: Thank the hosts.')
    const again = await stage.done('gha.head', proposeFromFile, { documentId, file: base64(back) })
    expect(again).toMatchObject({ proposals: [], known: 3, ofOthers: 1, unplaced: [] })
  })

  it('[EXCH-23] what is agreed, and what is not in the text, is told and not drafted', async () => {
    const { documentId, op } = await at.zeroDraft()
    const file = editedWord((await fileOf(stage, documentId, 'docx')).bytes, [
      [OPERATIVE[1]!, 'Invite ', 'partners to publish their offers of assistance;', 'all;'],
    ])
    await at.agree(documentId, op[1]!)
    const made = await stage.done('gha.head', proposeFromFile, { documentId, file: base64(file) })
    expect(made).toMatchObject({ agreed: 1, unplaced: [] })
    const other = await changedFile('Words of another text, ', 'old.', 'new.', 'Desk officer')
    const strange = await stage.done('gha.head', proposeFromFile, { documentId, file: base64(other) })
    expect(strange).toMatchObject({ proposals: [], agreed: 0, unplaced: ['Words of another text, new.'] })
    const bad = await stage.call('gha.head', proposeFromFile, { documentId, file: base64(new Uint8Array([1, 2, 3])) })
    expect(bad.says).toBe('unreadable-file')
  })

  it('[EXCH-24] a file that goes in, out and in again stays the same text', async () => {
    const kinds = async (documentId: string) =>
      (await stage.done('gha.head', getDocument, { documentId })).paragraphs.map(({ id: _, ...paragraph }) => paragraph)
    const first = await aTextFrom({ stage, round }, await aWordFile())
    const { bytes } = await fileOf(stage, first, 'docx')
    const second = await aTextFrom({ stage, round }, bytes)
    expect(await kinds(second)).toEqual(await kinds(first))
    expect(wordParts((await fileOf(stage, second, 'docx')).bytes)['word/document.xml']).toBe(
      wordParts(bytes)['word/document.xml'],
    )
    expect(wordParts(bytes)['word/document.xml']).toContain('<w:tbl>')
  })

  it('[EXCH-27] a policy paper comes back from the text with its paragraphs, its table, and what each capital changed', async () => {
    const paper = await aPolicyPaper()
    const documentId = await aTextFrom({ stage, round }, paper)
    const file = base64(paper)
    for (const who of ['gha.head', 'eth.head', 'deu.head']) {
      const made = await stage.done(who, proposeFromFile, { documentId, file })
      expect(made).toMatchObject({ ofOthers: 2, unplaced: [] })
      for (const { id, revision } of made.proposals) await stage.done(who, tableProposal, { proposalId: id, revision })
    }
    const { bytes } = await fileOf(stage, documentId, 'tracked')
    const changes = (of: Uint8Array) =>
      trackedIn(of).map(({ kind, author, words }) => `${kind} ${author}: ${words.trim()}`)
    expect(changes(bytes)).toEqual(changes(paper))
    expect(tablesOfWord(bytes)).toEqual(tablesOfWord(paper))
    const said = (of: Uint8Array) => wordsOfWord(of).map((words) => words.replace(/\t/g, ' ').trim())
    const sent = said(paper)
    // Above stands the head of the document.
    expect(said(bytes).slice(-sent.length)).toEqual(sent)
    expect(wordParts(bytes)['word/document.xml']).toMatch(/<w:b\/>(?:(?!<\/w:r>).)*open/)
    expect((await integrityOf(stage, documentId)).faults).toEqual([])
  })

  it('[EXCH-25] an issued document goes out as it was issued, under its symbol', async () => {
    const { documentId, op } = await at.zeroDraft()
    const issued = await stage.done('secretariat', issueDocument, { documentId, series: 'L', distribution: 'general' })
    const proposal = await at.tabled('gha.head', documentId, op[0]!, 'Agree on twelve indicators;')
    await stage.done('facilitator', incorporateProposal, named(proposal))
    const asked = async (id: string, of = documentId) => {
      const response = await fetch(`${stage.address}/api/documents/${of}/export?format=txt&issuedId=${id}`, {
        headers: { cookie: await stage.cookieOf('unctad.head') },
      })
      return { status: response.status, lines: (await response.text()).split('\n') }
    }
    const { lines } = await asked(issued.id)
    expect(lines.slice(0, 3)).toEqual(['Round 3', issued.symbol, 'Distr.: General'])
    expect(lines).toContain(`1. ${OPERATIVE[0]}`)
    const now = new TextDecoder().decode((await fileOf(stage, documentId, 'txt')).bytes)
    expect(now).toContain('1. Agree on twelve indicators;')
    expect((await asked(issued.id, (await at.zeroDraft()).documentId)).status).toBe(404)
  })
})
