import { ROUND_ACTS, type ComparedRound } from '@multilogue/shared/round-report'
import { t } from '$lib/i18n/i18n.svelte'

/** Those that were asked for. */
export const answersOf = ({ responses }: ComparedRound): number =>
  Object.values(responses).reduce((sum, count) => sum + count, 0)
/** Wholly or in part. */
export const supportedIn = ({ responses }: ComparedRound): number => responses.supported + responses.supported_in_part

const unitsOf = (rounds: readonly ComparedRound[]): string[] => [
  ...new Set(rounds.flatMap(({ assistance }) => assistance.sums.map(({ unit }) => unit))),
]

/** The rounds as rows of cells, heads first; each currency and unit has a column of its own. */
export function linesOf(rounds: readonly ComparedRound[]): string[][] {
  const units = unitsOf(rounds)
  const heads = [
    ...[t('roundReport.round'), t('rounds.titleField'), t('rounds.status'), t('roundReport.made')],
    ...[t('roundReport.supported'), t('roundReport.inPart'), t('roundReport.responses'), t('roundReport.base')],
    ...[t('followUp.implementedValidated'), t('followUp.triggered'), t('followUp.flag.overdue')],
    ...[t('assistance.matchRate'), t('roundReport.published')],
    ...ROUND_ACTS.map((act) => t(`roundReport.act.${act}`)),
    ...units.map((unit) => t('roundReport.confirmedIn', { unit })),
  ]
  const lines = rounds.map((round) => {
    const { number, title, status, made, responses, figures, assistance, acts } = round
    const { base, implemented, triggered, flagged } = figures
    const counts = [
      ...[made, supportedIn(round), responses.supported_in_part, answersOf(round)],
      ...[base, implemented, triggered, flagged.overdue],
      ...[assistance.requests.agreed, assistance.requests.published, ...ROUND_ACTS.map((act) => acts[act])],
      ...units.map((one) => assistance.sums.find(({ unit }) => unit === one)?.confirmed ?? 0),
    ]
    return [String(number), title, t(`rounds.status.${status}`), ...counts.map(String)]
  })
  return [heads, ...lines]
}
