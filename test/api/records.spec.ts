import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { park } from '@multilogue/shared/actions'
import { gavel, openProcedure, takeStance } from '@multilogue/shared/decisions'
import { postMessage } from '@multilogue/shared/dialogue'
import { getDocument, listDocuments } from '@multilogue/shared/documents'
import { issueDocument } from '@multilogue/shared/negotiation'
import { declareInRoom } from '@multilogue/shared/presence'
import { addToRecord, getRecord, writeRecord } from '@multilogue/shared/records'
import { addAgendaItem, conductSession, getSession, scheduleSession } from '@multilogue/shared/rounds'
import { askForFloor, endFloor, giveFloor, handIn, rule } from '@multilogue/shared/speakers'
import { extractText, getDocumentProxy } from 'unpdf'
import * as Y from 'yjs'
import { faultsOfAkn } from '../support/akoma-ntoso.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { fileOf } from '../support/files.js'
import { Stage, until } from '../support/stage.js'
import { wordsOfWord } from '../support/word.js'
import { Deciders } from './deciders.js'

let stage: Stage
let round: SmallRound
let deciders: Deciders

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  deciders = new Deciders(stage, round)
})
afterAll(() => stage.close())

const at = (time: string) => stage.clock.moveTo(`2027-06-08T${time}Z`)
const read = (sessionId: string, who = 'gha.head') =>
  stage.done(who, getRecord, { sessionId, language: 'en' }).then((record) => ({
    ...record,
    told: record.sections.map(({ title, lines }) => [title, ...lines.map(({ text }) => text)]),
  }))
const wordsOf = async (documentId: string) =>
  (await stage.done('gha.head', getDocument, { documentId })).paragraphs.map(({ text }) => text)

/** A session of its own, opened at nine. */
async function aSession(documentId: string) {
  const { id: sessionId } = await stage.done('secretariat', scheduleSession, {
    ...{ roundId: round.roundId, kind: 'plenary', title: 'Second plenary', venue: 'Boardroom D' },
    ...{ startsAt: '2027-06-08T09:00:00Z', endsAt: '2027-06-08T12:00:00Z', timeZone: 'Europe/Vienna' },
  })
  const [first, second] = [
    await stage.done('secretariat', addAgendaItem, { sessionId, number: '1', title: 'Skills', documentId }),
    await stage.done('secretariat', addAgendaItem, { sessionId, number: '2', title: 'Any other business' }),
  ]
  at('09:00:00')
  await conduct(sessionId, { status: 'live' })
  at('09:05:00')
  await conduct(sessionId, { currentItemId: first.id })
  return { sessionId, first, second }
}
async function conduct(sessionId: string, change: { status?: 'live' | 'ended'; currentItemId?: string }) {
  const { revision } = await stage.done('chair', getSession, { sessionId })
  return stage.done('chair', conductSession, { sessionId, ...change, revision })
}

/** Has the floor from one time to another. */
async function speaks(
  who: string,
  item: { id: string },
  from: string,
  to: string,
  words?: string,
  onBehalfOf?: string,
) {
  const { id: slotId } = await stage.done(who, askForFloor, { agendaItemId: item.id, onBehalfOf })
  if (words) await stage.done(who, handIn, { slotId, body: words, language: 'fr' })
  at(from)
  await stage.done('chair', giveFloor, { slotId })
  at(to)
  return stage.done('chair', endFloor, { slotId })
}

describe('The record of a session', () => {
  it('[REC-1] tells what happened with the right figures, is added to, and keeps what the rapporteur made of it', async () => {
    const { documentId, issuedId, op } = await deciders.issuedText()
    await deciders.rules({ objectionSeconds: 0, quorum: 'majority' })
    const { sessionId, first, second } = await aSession(documentId)
    for (const code of ['GHA', 'ETH', 'UNCTAD'] as const)
      await stage.done('secretariat', declareInRoom, { sessionId, delegationId: round.delegations[code], inRoom: true })

    await speaks('eth.head', first, '09:10:00', '09:14:20', 'Au nom des PMA, nous appuyons.', round.bodyId)
    await speaks('gha.head', first, '09:20:00', '09:25:40')
    const order = await stage.done('deu.head', askForFloor, { agendaItemId: first.id, kind: 'point_of_order' })
    await stage.done('chair', giveFloor, { slotId: order.id })
    await stage.done('chair', rule, { slotId: order.id, ruling: 'The list stays open.' })
    await stage.done('chair', endFloor, { slotId: order.id })
    // Who only waits has not spoken.
    await stage.done('gha.head', askForFloor, { agendaItemId: first.id })

    at('10:00:00')
    const asked = await stage.done('chair', openProcedure, {
      ...{ documentId, issuedId, method: 'consensus', sessionId },
    })
    await stage.done('chair', gavel, { procedureId: asked.id })
    const reserved = { procedureId: asked.id, language: 'en', text: 'Not within a year.' } as const
    await stage.done('gha.head', takeStance, { ...reserved, kind: 'reservation', paragraphId: op[1]! })

    const before = await read(sessionId)
    expect(before.told).toEqual([
      [
        'Opening',
        'The session was opened: Tuesday, 8 June 2027 at 11:00 CEST, Boardroom D.',
        'Members attending: Ethiopia (provisional credentials) and Ghana.',
        'Observers attending: UNCTAD.',
      ],
      [
        'Item 1. Skills',
        'The item was taken up at 11:05.',
        'Ethiopia (on behalf of Least developed) made a statement (4:20).',
        'Ghana made a statement (5:40).',
        'Germany raised a point of order.',
        'Ruling of the Chair: The list stays open.',
        'T.3/L.1, Outcome: adopted by consensus. Members present: 2 of 3; quorum: 2. Symbol: T.3/Dec.1.',
        'Ghana entered a reservation (paragraph 2):',
      ],
      ['Documents issued', 'T.3/L.1: Outcome'],
    ])
    expect(before.sections[1]!.lines.at(-1)).toMatchObject({
      quote: { text: 'Not within a year.', language: 'en' },
      href: `/decisions/${asked.id}`,
    })
    expect(before.written).toEqual([])

    const both = await Promise.all(
      (['summary', 'verbatim'] as const).map((form) =>
        stage.done('rapporteur', writeRecord, { sessionId, form, language: 'en' }),
      ),
    )
    const [summary, verbatim] = both.map((one) => one.documentId) as [string, string]
    const again = await stage.call('chair', writeRecord, { sessionId, form: 'summary', language: 'en' })
    expect(again.says).toBe('wrong-state')
    const told = before.told.flat()
    told.splice(-2, 0, 'Not within a year.')
    expect(await wordsOf(summary)).toEqual(['Summary record: Second plenary', ...told])
    expect(await wordsOf(verbatim)).toContain('Au nom des PMA, nous appuyons.')

    // The rapporteur edits one line and takes another out.
    await stage.world.edit('rapporteur', summary, (blocks) => {
      const nodes = blocks.toArray() as Y.XmlElement[]
      const lineOf = (words: RegExp) => nodes.findIndex((node) => words.test(node.toJSON()))
      ;(nodes[lineOf(/Ghana made/)]!.get(0) as Y.XmlText).insert(0, 'The delegate of ')
      blocks.delete(lineOf(/point of order/), 1)
    })
    const { paragraphs } = await stage.done('rapporteur', getDocument, { documentId: summary })
    await stage.done('secretariat', declareInRoom, { sessionId, delegationId: round.delegations.DEU, inRoom: true })
    await speaks('deu.head', first, '10:10:00', '10:11:05', 'Deux mots.')
    at('10:30:00')
    await conduct(sessionId, { currentItemId: second.id })
    const remark = await stage.done('gha.head', postMessage, {
      ...{ threadId: second.threadId, language: 'en', body: 'We would host the next clinic.' },
    })
    const kept = { messageId: remark.id, reason: 'No time.', owner: 'Secretariat', dueOn: '2027-09-01' }
    await stage.done('chair', park, { ...kept, title: 'Host of the next clinic' })
    at('11:00:00')
    await conduct(sessionId, { status: 'ended' })
    const heard = await stage.follow('deu.head', round.roundId)
    expect((await read(sessionId, 'rapporteur')).written).toMatchObject([
      { form: 'summary', missing: 6, may: ['add'] },
      { form: 'verbatim', missing: 6, may: ['add'] },
    ])
    expect((await read(sessionId)).written).toMatchObject([{ may: [] }, { may: [] }])
    expect(await stage.done('rapporteur', addToRecord, { documentId: summary })).toMatchObject({ added: 6 })
    await until('the others hear of it', () => heard.heard.some(({ name }) => name === 'record.changed'))
    heard.close()
    const expected = told.map((line) => line.replace('Ghana made', 'The delegate of Ghana made'))
    const place = expected.indexOf('Item 1. Skills')
    expected.splice(expected.indexOf('Germany raised a point of order.'), 1)
    expected.splice(place, 0, 'Members attending: Germany.')
    const after = ['Germany made a statement (1:05).']
    const next = [
      'Item 2. Any other business',
      'The item was taken up at 12:30.',
      'Ghana submitted a written statement.',
    ]
    const parked = 'Left for later: Host of the next clinic. Responsible: Secretariat. By 1 September 2027.'
    const end = ['Closure', 'The session was closed: Tuesday, 8 June 2027 at 13:00 CEST.']
    expected.splice(-2, 0, ...after, ...next, parked)
    expect(await wordsOf(summary)).toEqual(['Summary record: Second plenary', ...expected, ...end])
    // What stood keeps its ids; there is nothing more to add.
    const ids = (await stage.done('gha.head', getDocument, { documentId: summary })).paragraphs.map(({ id }) => id)
    expect(ids).toEqual(expect.arrayContaining(paragraphs.map(({ id }) => id)))
    expect(await stage.done('chair', addToRecord, { documentId: summary })).toMatchObject({ added: 0 })

    // Delegations read it and do not write it; it is issued under its own series and leaves as a file.
    const texts = await stage.done('gha.head', listDocuments, { roundId: round.roundId })
    expect(texts.find(({ id }) => id === summary)).toMatchObject({ kind: 'report', may: [] })
    const issued = await stage.done('secretariat', issueDocument, { documentId: summary, series: 'SR' })
    expect(issued.symbol).toBe('T.3/SR.1')
    expect((await read(sessionId)).written[0]!.issued).toEqual([{ id: issued.id, symbol: 'T.3/SR.1' }])
    const akn = new TextDecoder().decode((await fileOf(stage, summary, 'akn')).bytes)
    expect(akn).toContain('The delegate of Ghana made a statement (5:40).')
  })

  it('[REC-2] a reservation is printed with what was adopted, where the rules have it', async () => {
    const lead = 'Ghana entered a reservation (paragraph 2):'
    const said = 'Not within a year.'
    for (const reservationPlace of ['annex', 'footnote', 'record'] as const) {
      await deciders.rules({ objectionSeconds: 0, quorum: 'none', reservationPlace })
      const { documentId, issuedId, op } = await deciders.issuedText()
      const { id: procedureId } = await deciders.ask({ documentId, issuedId, method: 'consensus' })
      const { decision } = await stage.done('chair', gavel, { procedureId })
      const stance = { procedureId, kind: 'reservation', paragraphId: op[1]!, language: 'en', text: said } as const
      await stage.done('gha.head', takeStance, stance)
      const text = async (format: 'txt' | 'akn', as?: string) =>
        new TextDecoder().decode((await fileOf(stage, documentId, format, as)).bytes)
      const printed = {
        annex: `Annex. Positions on record\n\n${lead}\n\n    ${said}\n`,
        footnote: `[1] ${lead} ${said}\n`,
        record: 'Decide to review progress in one year.\n',
      }[reservationPlace]
      for (const as of [undefined, decision!.id]) expect((await text('txt', as)).slice(-printed.length)).toBe(printed)
      // The draft stays as it was issued.
      expect(await text('txt', issuedId)).not.toContain('Ghana')
      if (reservationPlace !== 'annex') continue
      const word = wordsOfWord((await fileOf(stage, documentId, 'docx')).bytes)
      expect(word.slice(-3)).toEqual(['Annex. Positions on record', lead, said])
      const pdf = await getDocumentProxy((await fileOf(stage, documentId, 'pdf')).bytes)
      expect((await extractText(pdf, { mergePages: true })).text).toMatch(
        /Annex\. Positions on record.*Not within a year/s,
      )
      const akn = await text('akn')
      expect(akn).toContain('Annex. Positions on record')
      expect(await faultsOfAkn(akn)).toEqual([])
    }
  })
})
