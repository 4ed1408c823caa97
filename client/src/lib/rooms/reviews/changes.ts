import {
  SIDES,
  type Assessment,
  type Change,
  type ChangeTable,
  type Impact,
  type Side,
} from '@multilogue/shared/change-table'
import { movementOf } from '@multilogue/shared/change-table'
import { formatDay, t } from '$lib/i18n/i18n.svelte'
import { numberOf } from '$lib/rooms/recommendations/names'

export const IMPACT_TONES = {
  too_early: 'neutral',
  none: 'warn',
  limited: 'info',
  substantial: 'ok',
  transformative: 'ok',
} as const satisfies Record<Impact, string>

export const MOVEMENT_TONES = { forward: 'ok', same: 'neutral', back: 'bad', lapsed: 'neutral' } as const

/** What one side says now; what it said before stands behind it. */
export const saidBy = ({ assessments }: Change, side: Side): Assessment[] =>
  assessments.filter((assessment) => assessment.side === side)

const dayOf = (instant: string | null | undefined): string => (instant ? formatDay(instant.slice(0, 10)) : '')

/** The rows of the table, heads first, in the words of the interface. */
export function linesOf({ changes }: ChangeTable): string[][] {
  const heads = [
    ...[t('changeTable.number'), t('changeTable.recommendation')],
    ...[t('changeTable.then'), t('changeTable.thenAssurance'), t('changeTable.now'), t('changeTable.nowAssurance')],
    t('changeTable.movement'),
    ...[t('changeTable.reported'), t('changeTable.reportedOn'), t('changeTable.reportedWords')],
    ...SIDES.flatMap((side) => [
      t(`changeTable.${side}.status`),
      t(`changeTable.${side}.impact`),
      t(`changeTable.${side}.on`),
      t(`changeTable.${side}.words`),
    ]),
  ]
  const lines = changes.map((change) => [
    ...[numberOf(change), change.title],
    ...[change.then, change.now].flatMap(({ status, assurance }) => [
      t(`followUp.status.${status}`),
      t(`followUp.assurance.${assurance}`),
    ]),
    t(`changeTable.movement.${movementOf(change.then, change.now)}`),
    ...(change.reported
      ? [t(`followUp.status.${change.reported.status}`), dayOf(change.reported.at), change.reported.narrative]
      : ['', '', '']),
    ...SIDES.flatMap((side) => {
      const [last] = saidBy(change, side)
      return last
        ? [t(`followUp.status.${last.status}`), t(`changeTable.impact.${last.impact}`), dayOf(last.at), last.words]
        : ['', '', '', '']
    }),
  ])
  return [heads, ...lines]
}
