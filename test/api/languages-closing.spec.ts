import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { listWork } from '@multilogue/shared/follow-up'
import { beginRendering, changeLanguageVersion } from '@multilogue/shared/languages'
import { rows } from '../../server/src/common/sql.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage, until } from '../support/stage.js'
import { Negotiators } from './negotiators.js'
import { Pen } from './pen.js'
import { Translators } from './translators.js'

let stage: Stage
let round: SmallRound
let at: Negotiators
let by: Translators

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  at = new Negotiators(stage, round)
  by = new Translators(stage)
})
afterAll(() => stage.close())

/** The facilitator's editor of a text; each one is another editor. */
const pen = (documentId: string) => new Pen(stage, 'facilitator', documentId)
/** The first operative paragraph stands behind the title and three preambular ones. */
const FIRST = 4
const standsAt = async (versionId: string, id: string) => {
  const row = (await by.row(versionId, id))!
  return [row.state, row.behind, row.rendering?.status ?? null]
}

describe('A whole language', () => {
  const close = (versionId: string, revision = 1) =>
    stage.call('secretariat', changeLanguageVersion, { versionId, revision, official: true })

  it('[LANG-29] is closed in the moment in which it was written, and stays official', async () => {
    const { documentId, pp, op } = await at.zeroDraft()
    const versionId = await by.version(documentId)
    const title = (await by.seen(versionId)).rows[0]!.source.id
    for (const id of [title, ...pp, ...op]) await by.begin(versionId, id, 'Des mots ;')
    expect((await close(versionId)).says).toBe('ok')
    await until('the words are noted', async () => {
      const unnoted = await rows(
        stage.source,
        `SELECT 1 FROM paragraph_rendering WHERE version_id = $1 AND hash = ''`,
        [versionId],
      )
      return unnoted.length === 0
    })
    expect((await standsAt(versionId, op[4]!))[2]).toBe('official')
  })

  it('[LANG-16] is closed as official when nothing is missing, stale, too much or by machine alone', async () => {
    const { documentId, pp, op } = await at.zeroDraft()
    const versionId = await by.version(documentId)
    const title = (await by.seen(versionId)).rows[0]!.source.id
    for (const id of [title, ...pp, ...op.slice(0, 4)]) await by.begin(versionId, id, 'Des mots ;')
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Also '))
    const refused = await close(versionId)
    expect(refused.says).toBe('rendering-incomplete')
    expect(refused.problem).toMatchObject({
      paragraphs: [
        { id: op[0], number: '1', state: 'stale' },
        { id: op[4], number: '5', state: 'missing' },
      ],
    })
    await by.mark(versionId, op[0]!, 'revised')
    await by.begin(versionId, op[4]!, 'Décident ;', 'machine')
    expect((await close(versionId)).problem).toMatchObject({ paragraphs: [{ id: op[4], state: 'machine' }] })
    await by.mark(versionId, op[4]!, 'translated')
    const closed = (await close(versionId)).output!
    expect(closed).toMatchObject({ state: 'official', may: ['reopen'], progress: { live: 9, official: 9 } })
    const late = { versionId, paragraphId: op[4]!, words: '' }
    expect((await stage.call('secretariat', beginRendering, late)).says).toBe('text-not-writable')

    const behind = async (who: string) =>
      (await stage.done(who, listWork, { roundId: round.roundId })).filter(
        ({ kind, href }) => kind === 'translation_behind' && href.includes(documentId),
      )
    expect(await behind('secretariat')).toEqual([])
    await pen(documentId).write((editor) => editor.text(FIRST).insert(0, 'Again '))
    expect(await behind('secretariat')).toMatchObject([
      { title: 'Résultats', href: `/documents/${documentId}?view=languages&with=fr` },
    ])
    expect(await behind('facilitator')).toEqual([])
    expect(await by.seen(versionId)).toMatchObject({ state: 'overtaken', progress: { official: 8, stale: 1 } })
    const open = { versionId, revision: closed.revision, official: false, title: 'Document final' }
    const reopened = await stage.done('secretariat', changeLanguageVersion, open)
    expect(reopened).toMatchObject({ state: 'in_progress', title: 'Document final', officialAt: null })
  })
})
