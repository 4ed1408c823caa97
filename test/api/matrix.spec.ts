import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { figuresOf } from '@multilogue/shared/figures'
import { listReports, listWork, reviewReport, submitReport } from '@multilogue/shared/follow-up'
import { getMatrixFigures, listLines, type MatrixLine } from '@multilogue/shared/matrix'
import { Assurance, FLAGS, IMPLEMENTATION_STATUSES, Response } from '@multilogue/shared/recommendations'
import { Things } from '../access/things.js'
import { pick, randomFrom, type Random } from '../collab/random.js'
import { smallRound, type SmallRound } from '../support/small-round.js'
import { Stage } from '../support/stage.js'

/* The matrix by the page, and figures counted by the database: the same as by the one definition. */

let stage: Stage
let round: SmallRound
let things: Things

beforeAll(async () => {
  stage = await Stage.open()
  round = await smallRound(stage.world)
  things = new Things(stage, round)
  for (let made = 0; made < 12; made++) await things.recommendationToAnswer('adopted')
})
afterAll(() => stage.close())

const roundId = () => round.roundId

/** All lines, page by page. */
async function linesBy(limit: number, which: object = {}): Promise<MatrixLine[]> {
  const lines: MatrixLine[] = []
  for (let after: string | undefined; ;) {
    const page = await stage.done('chair', listLines, {
      roundId: roundId(),
      ...which,
      limit,
      ...(after ? { after } : {}),
    })
    lines.push(...page.lines)
    if (page.next === null) return lines
    after = page.next
  }
}

/** Days from the clock's, with those at the edges of every flag among them. */
const DAYS = [-400, -229, -228, -227, -226, -31, -1, 0, 1, 29, 30, 31, 200]

async function throwAll(random: Random): Promise<void> {
  const now = stage.clock.now().getTime()
  const instant = () => new Date(now + pick(random, DAYS) * 86_400_000 + random(3) * 43_200_000)
  for (const { recommendationId } of await linesBy(100)) {
    await stage.source.query(
      `UPDATE recommendation_addressee SET response = $2, response_text = 'The first half.', status = $3, assurance = $4, status_at = $5 WHERE recommendation_id = $1`,
      [
        ...[recommendationId, pick(random, Response.options), pick(random, IMPLEMENTATION_STATUSES)],
        ...[pick(random, Assurance.options), random(3) === 0 ? null : instant()],
      ],
    )
    await stage.source.query(`UPDATE recommendation SET due_on = $2, owner = $3, adopted_at = $4 WHERE id = $1`, [
      ...[recommendationId, random(5) === 0 ? null : instant(), random(4) === 0 ? '' : 'Ministry', instant()],
    ])
  }
}

it('[MATRIX-1] what the database counts and chooses is what the one definition says, on random lines', async () => {
  const random = randomFrom(20)
  for (let thrown = 0; thrown < 15; thrown++) {
    await throwAll(random)
    const lines = await linesBy(100)
    const counted = await stage.done('chair', getMatrixFigures, { roundId: roundId() })
    expect(counted.figures).toEqual(figuresOf(lines))
    expect(counted.lines).toBe(lines.length)
    for (const flag of FLAGS) {
      const chosen = await stage.done('chair', listLines, { roundId: roundId(), flag })
      expect(chosen.lines).toEqual(lines.filter(({ flags }) => flags.includes(flag)))
      expect(chosen.total).toBe(chosen.lines.length)
    }
  }
})

it('[MATRIX-2] page by page every line comes once, in the same order', async () => {
  const whole = await linesBy(100)
  expect(whole.length).toBeGreaterThanOrEqual(12)
  expect(await linesBy(1)).toEqual(whole)
  expect(await linesBy(5)).toEqual(whole)
  expect(await linesBy(2, { delegation: 'GHA' })).toEqual(whole.filter(({ code }) => code === 'GHA'))
})

it('[MATRIX-3] an open report is told to its delegation and the secretariat, who may act on it', async () => {
  const { recommendationId } = await things.recommendationToAnswer('adopted')
  const line = async (who: string) =>
    (await stage.done(who, listLines, { roundId: roundId(), recommendationId })).lines[0]!
  expect((await line('gha.head')).may).toEqual(['report'])
  expect((await line('gha.adviser')).may).toEqual([])
  const { id: reportId } = await stage.done('gha.head', submitReport, {
    ...{ recommendationId, narrative: 'Half of it.', language: 'en', proposedStatus: 'in_progress' },
  })
  const open = { reportId, state: 'submitted', proposedStatus: 'in_progress' }
  expect(await line('gha.head')).toMatchObject({ open, may: [] })
  expect(await line('secretariat')).toMatchObject({ open, may: ['review'] })
  expect(await line('eth.head')).toMatchObject({ open: null, lastReport: null, may: [] })
  await stage.done('secretariat', reviewReport, { reportId, verdict: 'returned', note: 'Of when?', revision: 1 })
  expect((await line('gha.head')).may).toEqual(['revise'])
  await stage.source.query(`UPDATE report SET state = 'submitted' WHERE id = $1`, [reportId])
  await stage.done('secretariat', reviewReport, { reportId, verdict: 'validated', revision: 2 })
  expect(await line('eth.head')).toMatchObject({ open: null, status: 'in_progress', assurance: 'validated' })
})

it('[MATRIX-4] reports come by the page, newest first, and the open ones by themselves', async () => {
  const { recommendationId } = await things.recommendationToAnswer('adopted')
  await stage.done('gha.head', submitReport, {
    ...{ recommendationId, narrative: 'Begun.', language: 'en', proposedStatus: 'in_progress' },
  })
  const all = await stage.done('secretariat', listReports, { roundId: roundId() })
  expect(all.length).toBeGreaterThan(1)
  const [first] = await stage.done('secretariat', listReports, { roundId: roundId(), limit: 1 })
  const rest = await stage.done('secretariat', listReports, { roundId: roundId(), after: first!.id })
  expect([first, ...rest]).toEqual(all)
  const open = await stage.done('secretariat', listReports, { roundId: roundId(), state: 'open' })
  expect(open).toEqual(all.filter(({ state }) => state !== 'validated'))
})

it('[MATRIX-5] of what there is too much of, the work list names fifty and says how many more there are', async () => {
  await stage.source.query(
    `INSERT INTO recommendation (id, round_id, number, title, action, rationale, force, owner, due_on, measure, sdg_targets, language,
       state, seat_id, created_at, adopted_at)
     SELECT gen_random_uuid(), round_id, 1000 + n, 'No. ' || n, action, rationale, force, owner, $1::date - 9, measure, sdg_targets,
       language, 'adopted', seat_id, created_at, created_at FROM recommendation, generate_series(1, 60) n WHERE number = 1`,
    [stage.clock.now()],
  )
  await stage.source.query(
    `INSERT INTO recommendation_addressee (recommendation_id, delegation_id, response)
     SELECT id, (SELECT id FROM delegation WHERE code = 'GHA' AND round_id = $1), 'supported' FROM recommendation WHERE number > 1000`,
    [roundId()],
  )
  const work = await stage.done('secretariat', listWork, { roundId: roundId() })
  const late = work.filter(({ kind }) => kind === 'report_due')
  const { total } = await stage.done('chair', listLines, { roundId: roundId(), flag: 'overdue', limit: 1 })
  expect(late.filter(({ more }) => more === null)).toHaveLength(50)
  expect(late.find(({ more }) => more !== null)).toMatchObject({ more: total! - 50, href: '/follow-up?flag=overdue' })
})

it('[MATRIX-6] what another recommendation stands in the place of leaves the lines and the figures', async () => {
  const [one, other] = [await things.recommendationToAnswer('adopted'), await things.recommendationToAnswer('adopted')]
  const has = async ({ recommendationId }: { recommendationId: string }) =>
    (await linesBy(1000)).some((line) => line.recommendationId === recommendationId)
  const before = await stage.done('chair', getMatrixFigures, { roundId: roundId() })
  expect([await has(one), await has(other)]).toEqual([true, true])
  await stage.source.query(
    `INSERT INTO succession (from_id, to_id, round_id, act, reason, person_id, seat_id, at)
     SELECT $1, c.id, c.round_id, 'superseded', 'Said better', s.person_id, s.id, now()
     FROM recommendation c JOIN seat s ON s.id = c.seat_id WHERE c.id = $2`,
    [one.recommendationId, other.recommendationId],
  )
  expect([await has(one), await has(other)]).toEqual([false, true])
  const after = await stage.done('chair', getMatrixFigures, { roundId: roundId() })
  expect(after.lines).toBe(before.lines - 1)
  expect(after.figures).toEqual(figuresOf(await linesBy(1000)))
})
