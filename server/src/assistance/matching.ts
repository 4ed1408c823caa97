import type { Listing } from '@multilogue/shared/assistance'
import {
  FACTOR_POINTS,
  FACTORS,
  GOOD_SCORE,
  NEAR,
  type Candidate,
  type Ranking,
  type Weighing,
} from '@multilogue/shared/matching'

/*
 * How well a request and an offer go together
 *
 * First what rules a pair out: the offer is not for that country, the times do not meet, no language is common
 * and nobody interprets, nothing is left of the offer. Then six factors of 100 points together. Neither the size
 * of an offer nor past favours count; experience counts whoever it was gained with.
 */

export interface Place {
  region: number
  subregion: number
  /** Groups that the country belongs to on the day. */
  groups: string[]
}

/** What is known of the parties beyond their listings, by the codes of their delegations. */
export interface Knowledge {
  /** What is over does not count. */
  today: string
  places: ReadonlyMap<string, Place>
  /** Of each provider, what its delivered matches were about. */
  delivered: ReadonlyMap<string, readonly Pick<Listing, 'sdgTargets' | 'sectors'>[]>
}

type Compared = Pick<
  Listing,
  | 'owner'
  | 'sdgTargets'
  | 'sectors'
  | 'modalities'
  | 'languages'
  | 'interpretation'
  | 'eligible'
  | 'opensOn'
  | 'closesOn'
  | 'left'
  | 'experience'
>

type Told = Weighing['factors'][number]
type Part = Omit<Told, 'name'>

export function weigh(request: Compared, offer: Compared, knowledge: Knowledge): Weighing {
  const parts: Record<Told['name'], Part> = {
    theme: theme(request, offer),
    modality: modality(request, offer),
    context: context(request, offer, knowledge),
    experience: experience(request, offer, knowledge),
    language: language(request, offer),
    timing: timing(request, offer, knowledge),
  }
  const factors = FACTORS.map((name) => ({ name, ...parts[name], points: Math.round(parts[name].points * 10) / 10 }))
  const score = Math.round(factors.reduce((sum, { points }) => sum + points, 0))
  return { score, factors, exclusions: exclusionsOf(request, offer, knowledge) }
}

function exclusionsOf(request: Compared, offer: Compared, { places, today }: Knowledge): Weighing['exclusions'] {
  const groups = places.get(request.owner.code)?.groups ?? []
  const isFor = (code: string) => code === request.owner.code || groups.includes(code)
  const { money, inKind } = offer.left
  const quantified = [money, inKind].filter((amount) => amount !== null)
  return [
    ...(request.owner.delegationId === offer.owner.delegationId ? [{ name: 'own' as const, of: [] }] : []),
    ...(offer.eligible.length > 0 && !offer.eligible.some(isFor)
      ? [{ name: 'not_eligible' as const, of: offer.eligible }]
      : []),
    ...(daysOf(overlapOf(request, offer, today)) <= 0
      ? [{ name: 'no_window' as const, of: [offer.opensOn ?? '', offer.closesOn ?? ''] }]
      : []),
    ...(common(request.languages, offer.languages).length === 0 && !request.interpretation && !offer.interpretation
      ? [{ name: 'no_language' as const, of: offer.languages }]
      : []),
    ...(quantified.length > 0 && quantified.every((amount) => amount <= 0)
      ? [{ name: 'no_capacity' as const, of: [] }]
      : []),
  ]
}

/** How much of what the request is about the offer covers: the whole for the same target or sector, half for the same goal or group of sectors. */
function theme(request: Compared, offer: Compared): Part {
  const targets = coverage(request.sdgTargets, offer.sdgTargets, (target) => target.split('.')[0]!)
  const sectors = coverage(request.sectors, offer.sectors, (code) => code.slice(0, 3))
  const named = [...(request.sdgTargets.length > 0 ? [targets] : []), ...(request.sectors.length > 0 ? [sectors] : [])]
  const share = named.length === 0 ? 0 : named.reduce((sum, { share: one }) => sum + one, 0) / named.length
  return { points: FACTOR_POINTS.theme * share, shared: named.flatMap(({ shared }) => shared) }
}

function coverage(asked: readonly string[], given: readonly string[], wider: (code: string) => string) {
  const shared = common(asked, given)
  const near = asked.filter((code) => !shared.includes(code) && given.some((other) => wider(other) === wider(code)))
  return {
    share: asked.length === 0 ? 0 : (shared.length + near.length / 2) / asked.length,
    shared: [...shared, ...near.map((code) => NEAR + code)],
  }
}

function modality(request: Compared, offer: Compared): Part {
  const shared = common(request.modalities, offer.modalities)
  return { points: (FACTOR_POINTS.modality * shared.length) / request.modalities.length, shared }
}

/** A third each: the same part of the world, the same income or structural group, the same sector. */
function context(request: Compared, offer: Compared, { places }: Knowledge): Part {
  const third = FACTOR_POINTS.context / 3
  const [here, there] = [places.get(request.owner.code), places.get(offer.owner.code)]
  const sectors = common(request.sectors, offer.sectors)
  const groups = common(here?.groups ?? [], there?.groups ?? [])
  const isNear = here !== undefined && here.subregion === there?.subregion
  const isInRegion = here !== undefined && here.region === there?.region
  const region = isNear ? `m49:${here.subregion}` : isInRegion ? `m49:${here.region}` : undefined
  const points =
    (isNear ? third : isInRegion ? third / 2 : 0) + (groups.length > 0 ? third : 0) + (sectors.length > 0 ? third : 0)
  return { points, shared: [...(region ? [region] : []), ...groups, ...sectors] }
}

/** A third for what the offer tells of, a third for each delivered match on the same theme, the first two of them. */
function experience(request: Compared, offer: Compared, { delivered }: Knowledge): Part {
  const third = FACTOR_POINTS.experience / 3
  const alike = (delivered.get(offer.owner.code) ?? []).filter(
    (one) => common(one.sdgTargets, request.sdgTargets).length > 0 || common(one.sectors, request.sectors).length > 0,
  )
  const proven = alike.slice(0, 2)
  return {
    points: third * (Number(offer.experience !== '') + proven.length),
    shared: [...(offer.experience ? ['told'] : []), ...proven.map(() => 'delivered')],
  }
}

/** Interpretation makes up for half of a language that is not common. */
function language(request: Compared, offer: Compared): Part {
  const shared = common(request.languages, offer.languages)
  const isInterpreted = request.interpretation || offer.interpretation
  const missing = request.languages.length - shared.length
  const share = (shared.length + (isInterpreted ? missing / 2 : 0)) / request.languages.length
  return { points: FACTOR_POINTS.language * share, shared }
}

/** The part of the request's own window in which the offer can be used, from today on. */
function timing(request: Compared, offer: Compared, { today }: Knowledge): Part {
  const asked = daysOf(overlapOf(request, ALWAYS, today))
  const met = daysOf(overlapOf(request, offer, today))
  const share = asked === Infinity ? (met === Infinity ? 1 : 0.5) : Math.max(0, met) / Math.max(1, asked)
  return { points: FACTOR_POINTS.timing * share, shared: [] }
}

interface Span {
  opensOn: string | null
  closesOn: string | null
}
const ALWAYS: Span = { opensOn: null, closesOn: null }

/** Where both are open, from `today` on. */
const overlapOf = (a: Span, b: Span, today: string): Span => ({
  opensOn: [a.opensOn, b.opensOn, today]
    .filter((day) => day !== null)
    .sort()
    .at(-1)!,
  closesOn:
    [a.closesOn, b.closesOn]
      .filter((day) => day !== null)
      .sort()
      .at(0) ?? null,
})

/** Both days counted; not above nothing when the span is empty. */
function daysOf({ opensOn, closesOn }: Span): number {
  if (opensOn === null || closesOn === null) return Infinity
  return (Date.parse(closesOn) - Date.parse(opensOn)) / 86_400_000 + 1
}

const common = <T>(asked: readonly T[], given: readonly T[]): T[] => asked.filter((one) => given.includes(one))

const SHOWN = 50

/** @param others the other side, in the order in which they were published */
export function rank(
  listing: Listing,
  others: readonly Listing[],
  knowledge: Knowledge,
): Pick<Ranking, 'candidates' | 'excluded' | 'counts' | 'missing'> {
  const pairs = others.map((other) => {
    const [request, offer] = listing.side === 'request' ? [listing, other] : [other, listing]
    return { listing: other, weighing: weigh(request, offer, knowledge) }
  })
  const best = (a: Candidate, b: Candidate) => b.weighing.score - a.weighing.score
  // Sorting is stable: what was published earlier stays before its equals.
  const candidates = pairs.filter(({ weighing }) => weighing.exclusions.length === 0).sort(best)
  const excluded = pairs.filter(({ weighing }) => weighing.exclusions.length > 0).sort(best)
  return {
    candidates: candidates.slice(0, SHOWN),
    excluded: excluded.slice(0, SHOWN),
    counts: { candidates: candidates.length, excluded: excluded.length },
    missing: missingOf(candidates[0]?.weighing, excluded),
  }
}

function missingOf(best: Weighing | undefined, excluded: readonly Candidate[]): Ranking['missing'] {
  if (best && best.score >= GOOD_SCORE) return null
  if (best) {
    const lost = best.factors.map(({ name, points }) => ({ name, lost: FACTOR_POINTS[name] - points }))
    return lost.reduce((most, one) => (one.lost > most.lost ? one : most)).name
  }
  const reasons = excluded.flatMap(({ weighing }) => weighing.exclusions.map(({ name }) => name))
  const counts = new Map<(typeof reasons)[number], number>()
  for (const name of reasons) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
}
