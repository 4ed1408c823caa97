import { Injectable } from '@nestjs/common'
import type { InputOf, OutputOf } from '@multilogue/shared/contract'
import type { Procedure } from '@multilogue/shared/decisions'
import { listWork, type Report } from '@multilogue/shared/follow-up'
import type { Match } from '@multilogue/shared/matches'
import type { PlanProgress } from '@multilogue/shared/progress'
import type { Recommendation } from '@multilogue/shared/recommendations'
import { decides, isMember, isStaff, presides, type ActingSeat } from '../access/caller.js'
import { seatIn } from '../access/round.access.js'
import { listingsOf } from '../assistance/listings.views.js'
import { matchesOf } from '../assistance/matches.views.js'
import { proceduresOf } from '../decisions/decisions.views.js'
import { documentsOf } from '../documents/documents.views.js'
import { LanguageViews } from '../languages/languages.views.js'
import { isDue, leadsOf, progressOf } from '../plans/progress.views.js'
import { recommendationsOf } from '../recommendations/recommendations.views.js'
import { delegationsOf, sessionsOf } from '../rounds/rounds.views.js'
import { Handles } from '../work/handles.js'
import type { Reading } from '../work/work.js'
import { reportsOf } from './reports.views.js'

type Work = OutputOf<typeof listWork>[number]

/** What waits for somebody, made anew from the rows and the clock at each read. Nothing here is stored. */
@Injectable()
export class WorkListService {
  constructor(private readonly languages: LanguageViews) {}

  @Handles(listWork)
  async listWork(work: Reading, { roundId }: InputOf<typeof listWork>) {
    const seat = seatIn(work.caller, roundId)
    const { db, now } = work
    const [sessions, recommendations, plans, reports, matches, procedures] = await Promise.all([
      sessionsOf(db, roundId, seat),
      recommendationsOf(db, seat, now),
      progressOf(db, seat, { roundId, now }),
      reportsOf(db, seat),
      matchesOf(db, seat),
      proceduresOf(work, seat),
    ])
    const live = sessions
      .filter((s) => s.status === 'live')
      .map((s) => item('session_live', s.title, `/sessions/${s.id}`))
    const toAccept = matches
      .filter((m) => m.may.includes('accept'))
      .map((m) => item('match_to_accept', m.title, `/assistance#m-${m.id}`, { dueOn: m.dueOn }))
    const toConfirm = matches
      .flatMap((m) => m.commitments)
      .filter((k) => k.may.includes('confirm'))
      .map((k) => item('commitment_to_confirm', k.title, `/assistance#m-${k.matchId}`, { dueOn: k.dueOn }))
    const returned = reports
      .filter((r) => r.may.includes('revise'))
      .map((r) => item('report_returned', r.title, `/follow-up#r-${r.id}`))
    const asked = recommendations.flatMap((r) => askedOf(r, seat))
    const texts = isMember(seat) ? await this.textsFor(work, seat) : []
    const toAdopt = presides(seat)
      ? recommendations.filter((r) => r.state === 'proposed' && r.missing.length === 0)
      : []
    const adopting = toAdopt.map((r) => item('recommendation_to_adopt', r.title, `/recommendations/${r.id}`))
    return [
      ...procedures.flatMap((p) => decidingOf(p, seat)),
      ...live,
      ...toAccept,
      ...toConfirm,
      ...returned,
      ...asked,
      ...plans.flatMap((plan) => carriedOut(plan, seat)),
      ...adopting,
      ...texts,
      ...(isStaff(seat) ? await this.secretariat(work, seat, { recommendations, reports, matches }) : []),
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

  private async secretariat(
    { db }: Reading,
    seat: ActingSeat,
    { recommendations, reports, matches }: { recommendations: Recommendation[]; reports: Report[]; matches: Match[] },
  ): Promise<Work[]> {
    const [delegations, listings] = await Promise.all([delegationsOf(db, seat.roundId, seat), listingsOf(db, seat)])
    const taken = new Set(
      matches.filter((m) => m.state !== 'declined' && m.state !== 'cancelled').map((m) => m.request?.id),
    )
    return [
      ...reports
        .filter((r) => r.may.includes('review'))
        .map((r) =>
          item('report_to_validate', r.title, `/follow-up#r-${r.id}`, {
            delegationCode: r.delegationCode,
          }),
        ),
      ...recommendations
        .filter((r) => r.state === 'proposed' && r.missing.length > 0)
        .map((r) =>
          item('recommendation_incomplete', r.title, `/recommendations/${r.id}`, {
            flag: r.missing.includes('owner') ? 'no_owner' : null,
          }),
        ),
      ...recommendations.flatMap((r) =>
        r.addressees.flatMap((a) => [
          ...(a.flags.includes('overdue')
            ? [
                item('report_due', r.title, `/recommendations/${r.id}`, {
                  delegationCode: a.code,
                  dueOn: r.dueOn,
                  flag: 'overdue',
                }),
              ]
            : []),
          ...(a.flags.includes('no_response')
            ? [
                item('no_response', r.title, `/recommendations/${r.id}`, {
                  delegationCode: a.code,
                  flag: 'no_response',
                }),
              ]
            : []),
        ]),
      ),
      ...listings
        .filter((l) => l.side === 'request' && l.state === 'published' && !taken.has(l.id))
        .map((l) =>
          item('request_without_taker', l.title, `/assistance#l-${l.id}`, {
            delegationCode: l.owner.code,
            flag: 'unmatched',
          }),
        ),
      ...delegations
        .filter((d) => d.credentials === 'provisional')
        .map((d) => item('credentials_provisional', d.name, `/rounds/${seat.roundId}`, { delegationCode: d.code })),
    ]
  }
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
function askedOf(recommendation: Recommendation, seat: ActingSeat): Work[] {
  const own = recommendation.addressees.find((a) => a.code === seat.delegationCode)
  if (!own || recommendation.state !== 'adopted') return []
  const href = `/recommendations/${recommendation.id}`
  const { dueOn, title } = recommendation
  const flag = own.flags.find((f) => f === 'overdue' || f === 'stale' || f === 'due_soon') ?? null
  return [
    ...(own.response === 'pending' && decides(seat) ? [item('respond', title, href, { flag: 'no_response' })] : []),
    ...(flag ? [item('report_due', title, href, { dueOn, flag })] : []),
  ]
}

/** What is late of an adopted plan: to the leads of the actions that it is about, and all of it to the secretariat. */
function carriedOut(plan: PlanProgress, seat: ActingSeat): Work[] {
  const { documentId, actions, indicators } = plan
  const href = `/documents/${documentId}?face=progress`
  const concerns = (code: string) => isStaff(seat) || code === seat.delegationCode
  return [
    ...actions
      .filter(
        ({ lead, flags }) => concerns(lead) && (flags.includes('overdue') || (!isStaff(seat) && flags.length > 0)),
      )
      .map(({ id, activity, lead, due, flags }) =>
        item('report_due', activity, `${href}#a-${id}`, { delegationCode: lead, dueOn: due, flag: flags[0]! }),
      ),
    ...indicators
      .filter((one) => isDue(one) && (isStaff(seat) || leadsOf(one, plan).includes(seat.delegationCode ?? '')))
      .map(({ id, title, responsible, nextDueOn, flags }) =>
        item('measurement_due', title, `${href}#i-${id}`, {
          ...{ delegationCode: responsible, dueOn: nextDueOn },
          flag: flags.includes('overdue') ? 'overdue' : 'due_soon',
        }),
      ),
  ]
}

const item = (kind: Work['kind'], title: string, href: string, more: Partial<Work> = {}): Work => ({
  kind,
  title,
  href,
  delegationCode: null,
  dueOn: null,
  until: null,
  flag: null,
  ...more,
})
