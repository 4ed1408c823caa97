import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { addRemark, makeComment, resolveComment, withdrawRemark } from '@multilogue/shared/comments'
import { fileOf } from '../support/files.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'
import { commentsIn, trackedIn, wordParts } from '../support/word.js'
import { Negotiators, OPERATIVE } from './negotiators.js'

let stage: Stage
let round: SmallRound
let at: Negotiators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
})
afterAll(() => stage.close())

describe('Comments in a Word file', () => {
  it('[EXCH-32] stand on their words with who said what, beside what is proposed; what few may see is left out', async () => {
    const { documentId, op } = await at.zeroDraft()
    const make = (who: string, quote: string, body: string, visibility: 'room' | 'delegation' = 'room') =>
      stage.done(who, makeComment, {
        documentId,
        paragraphId: op[0]!,
        words: { from: OPERATIVE[0]!.indexOf(quote), quote },
        body,
        language: 'en',
        visibility,
      })
    const { id: commentId } = await make('deu.head', 'common baseline', 'Common to whom?')
    await stage.done('agi.head', addRemark, { commentId, body: 'To all.\nFirms too.', language: 'en' })
    await make('eth.head', 'ten indicators', 'Which <ten> & why?')
    await make('gha.head', 'Agree', 'Ask the capital.', 'delegation')
    const { id: done } = await make('eth.head', 'baseline', 'Old.')
    await stage.done('eth.head', resolveComment, { commentId: done, resolved: true })
    const { remarks } = await make('eth.head', 'on', 'Taken back.')
    await stage.done('eth.head', withdrawRemark, { remarkId: remarks[0]!.id })
    await at.tabled('gha.head', documentId, op[0]!, 'Agree on one common baseline of twelve indicators;')
    const { bytes } = await fileOf(stage, documentId, 'tracked')
    expect(commentsIn(bytes)).toEqual([
      { author: 'DEU, Germany head', said: 'Common to whom?', on: 'common baseline' },
      { author: 'AGI, Association of Ghana Industries head', said: 'To all.Firms too.', on: 'common baseline' },
      { author: 'ETH, Ethiopia head', said: 'Which &lt;ten&gt; &amp; why?', on: 'tentwelve indicators' },
    ])
    expect(trackedIn(bytes).map(({ kind, words }) => `${kind} ${words}`)).toEqual(
      expect.arrayContaining(['del ten', 'ins twelve']),
    )
    expect(wordParts(bytes)['word/commentsExtended.xml']).toContain('w15:paraIdParent')
    expect(commentsIn((await fileOf(stage, documentId, 'docx')).bytes)).toEqual([])
  })
})
