import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import type { Procedure } from '@multilogue/shared/decisions'
import { listWork } from '@multilogue/shared/follow-up'
import type { MatrixLine } from '@multilogue/shared/matrix'
import type { PlanProgress } from '@multilogue/shared/progress'
import type { Recommendation } from '@multilogue/shared/recommendations'
import type { EntityManager } from 'typeorm'
import { decides, isMember, isStaff, presides, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { commitmentsOf } from '../assistance/commitments.views.js'
import { untakenOf } from '../assistance/listings.views.js'
import { matchesOf } from '../assistance/matches.views.js'
import { proceduresOf } from '../decisions/decisions.views.js'
import { documentsOf } from '../documents/documents.views.js'
import { LanguageViews } from '../languages/languages.views.js'
import { isDue, leadsOf, progressOf } from '../plans/progress.views.js'
import { recommendationsOf } from '../recommendations/recommendations.views.js'
import { delegationsOf, sessionsOf } from '../rounds/rounds.views.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { gathered, item, NAMED, type Work } from './gathered.js'
import { countLines, linesOf } from './matrix.views.js'
import { countSubmitted, reportsOf } from './reports.views.js'

/** No delegation is asked for more on one page. */
const OWN = 1000

/** What waits for somebody, made anew from the rows and the clock at each read. Nothing here is stored. */
@Injectable()
export class WorkListService {
  constructor(private readonly languages: LanguageViews) {}

  @Handles(listWork)
  async listWork(work: Reading, { roundId }: InputOf<typeof listWork>) {
    const seat = seatIn(work.caller, roundId)
    const { db, now } = work
    const [sessions, proposed, own, plans, reports, matches, pledges, procedures] = await Promise.all([
      sessionsOf(db, roundId, seat),
      recommendationsOf(db, seat, now, { state: 'proposed' }),
      seat.delegationCode ? linesOf(db, seat, now, { delegation: seat.delegationCode, limit: OWN }) : [],
      plansFor(db, seat, now),
      isStaff(seat) ? [] : reportsOf(db, seat, { state: 'open' }),
      matchesOf(db, seat, { isOpen: true }),
      seat.delegationId ? commitmentsOf(db, seat, { pledgedBy: seat.delegationId }) : [],
      proceduresOf(work, seat),
    ])
    const live = sessions
      .filter((s) => s.status === 'live')
      .map((s) => item('session_live', s.title, `/sessions/${s.id}`))
    const toAccept = matches
      .filter((m) => m.may.includes('accept'))
      .map((m) => item('match_to_accept', m.title, `/assistance#m-${m.id}`, { dueOn: m.dueOn }))
    const toConfirm = pledges
      .filter((k) => k.may.includes('confirm'))
      .map((k) => item('commitment_to_confirm', k.title, `/assistance#m-${k.matchId}`, { dueOn: k.dueOn }))
    const returned = reports
      .filter((r) => r.may.includes('revise'))
      .map((r) => item('report_returned', r.title, `/follow-up#r-${r.id}`))
    const texts = isMember(seat) ? await this.textsFor(work, seat) : []
    const toAdopt = presides(seat) ? proposed.filter((r) => r.missing.length === 0) : []
    const adopting = toAdopt.map((r) => item('recommendation_to_adopt', r.title, `/recommendations/${r.id}`))
    return [
      ...procedures.flatMap((p) => decidingOf(p, seat)),
      ...live,
      ...toAccept,
      ...toConfirm,
      ...returned,
      ...own.flatMap((line) => askedOf(line, seat)),
      ...carriedOut(plans, seat),
      ...adopting,
      ...texts,
      ...(isStaff(seat) ? await this.secretariat(work, seat, proposed) : []),
      ...(isStaff(seat) ? await this.translationsFor(work, seat) : []),
    ]
  }

  private async textsFor({ db }: Reading, seat: ActingSeat): Promise<Work[]> {
    const texts = await documentsOf(db, seat)
    return texts.filter((d) => d.may.includes('write')).map((d) => item('text_open', d.title, `/documents/${d.id}`))
  }

  /** Languages that do not say what their source says, whether they were never finished or were overtaken. */
  private async translationsFor({ db }: Reading, seat: ActingSeat): Promise<Work[]> {
    const behind = await this.languages.behindIn(db, seat)
    return behind.map(({ documentId, language, title }) =>
      item('translation_behind', title, `/documents/${documentId}?view=languages&with=${language}`),
    )
  }

  private async secretariat({ db, now }: Reading, seat: ActingSeat, proposed: Recommendation[]): Promise<Work[]> {
    const { roundId } = seat
    const lines = async (flag: 'overdue' | 'no_response', kind: Work['kind']) => {
      const [found, total] = await Promise.all([
        linesOf(db, seat, now, { flag, limit: NAMED }),
        countLines(db, roundId, now, { flag }),
      ])
      const named = found.map(({ title, recommendationId, code, dueOn }) =>
        item(kind, title, `/recommendations/${recommendationId}`, {
          ...{ delegationCode: code, flag, dueOn: flag === 'overdue' ? dueOn : null },
        }),
      )
      return gathered(named, `/follow-up?flag=${flag}`, total)
    }
    const [delegations, untaken, submitted, overdue, silent] = await Promise.all([
      delegationsOf(db, roundId, seat),
      untakenOf(db, roundId),
      submittedOf(db, seat),
      lines('overdue', 'report_due'),
      lines('no_response', 'no_response'),
    ])
    return [
      ...submitted,
      ...proposed
        .filter((r) => r.missing.length > 0)
        .map((r) =>
          item('recommendation_incomplete', r.title, `/recommendations/${r.id}`, {
            flag: r.missing.includes('owner') ? 'no_owner' : null,
          }),
        ),
      ...overdue,
      ...silent,
      ...gathered(
        untaken.map(({ id, title, code }) =>
          item('request_without_taker', title, `/assistance#l-${id}`, { delegationCode: code, flag: 'unmatched' }),
        ),
        '/assistance',
      ),
      ...delegations
        .filter((d) => d.credentials === 'provisional')
        .map((d) => item('credentials_provisional', d.name, `/rounds/${roundId}`, { delegationCode: d.code })),
    ]
  }
}

async function submittedOf(db: EntityManager, seat: ActingSeat): Promise<Work[]> {
  const [found, total] = await Promise.all([
    reportsOf(db, seat, { state: 'submitted', limit: NAMED }),
    countSubmitted(db, seat),
  ])
  const named = found.map(({ title, id, delegationCode }) =>
    item('report_to_validate', title, `/follow-up#r-${id}`, { delegationCode }),
  )
  return gathered(named, '/follow-up', total)
}

/** What a decision that is open asks of the seat. */
function decidingOf({ id, document, issued, deadline, method, may, voted }: Procedure, seat: ActingSeat): Work[] {
  const title = issued ? `${issued.symbol} ${document.title}` : document.title
  if (may.includes('break')) return [item('silence_running', title, `/decisions/${id}`, { until: deadline })]
  const waits = may.includes('object') || (may.includes('vote') && !voted.includes(seat.delegationCode ?? ''))
  const holdsGavel = method !== 'silence' && (may.includes('gavel') || may.includes('wait'))
  return waits || holdsGavel ? [item('decision_open', title, `/decisions/${id}`)] : []
}

/** What an adopted recommendation asks of the acting delegation. */
function askedOf({ recommendationId, title, dueOn, response, flags }: MatrixLine, seat: ActingSeat): Work[] {
  const href = `/recommendations/${recommendationId}`
  const flag = flags.find((f) => f === 'overdue' || f === 'stale' || f === 'due_soon') ?? null
  return [
    ...(response === 'pending' && decides(seat) ? [item('respond', title, href, { flag: 'no_response' })] : []),
    ...(flag ? [item('report_due', title, href, { dueOn, flag })] : []),
  ]
}

/** The adopted plans in which something can be late for the seat. */
async function plansFor(db: EntityManager, seat: ActingSeat, now: Date): Promise<PlanProgress[]> {
  const lead = isStaff(seat) ? undefined : seat.delegationCode
  return lead === null ? [] : progressOf(db, seat, { roundId: seat.roundId, lead, measured: 'last', now })
}

/** What is late of adopted plans: to the leads of the actions that it is about, and all of it to the secretariat. */
function carriedOut(plans: PlanProgress[], seat: ActingSeat): Work[] {
  const late = plans.map((plan) => lateOf(plan, seat))
  return [
    ...gathered(
      late.flatMap(({ actions }) => actions),
      '/follow-up',
    ),
    ...gathered(
      late.flatMap(({ indicators }) => indicators),
      '/follow-up',
    ),
  ]
}

function lateOf(plan: PlanProgress, seat: ActingSeat): Record<'actions' | 'indicators', Work[]> {
  const { documentId } = plan
  const href = `/documents/${documentId}?face=progress`
  const concerns = (code: string) => isStaff(seat) || code === seat.delegationCode
  return {
    actions: plan.actions
      .filter(
        ({ lead, flags }) => concerns(lead) && (flags.includes('overdue') || (!isStaff(seat) && flags.length > 0)),
      )
      .map(({ id, activity, lead, due, flags }) =>
        item('report_due', activity, `${href}#a-${id}`, { delegationCode: lead, dueOn: due, flag: flags[0]! }),
      ),
    indicators: plan.indicators
      .filter((one) => isDue(one) && (isStaff(seat) || leadsOf(one, plan).includes(seat.delegationCode ?? '')))
      .map(({ id, title, responsible, nextDueOn, flags }) =>
        item('measurement_due', title, `${href}#i-${id}`, {
          ...{ delegationCode: responsible, dueOn: nextDueOn },
          flag: flags.includes('overdue') ? 'overdue' : 'due_soon',
        }),
      ),
  }
}
