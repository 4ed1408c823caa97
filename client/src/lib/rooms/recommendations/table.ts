import type { Recommendation } from '@multilogue/shared/recommendations'
import { t } from '$lib/i18n/i18n.svelte'
import { assuranceOf, numberOf, stageOf } from './names'

const responsesOf = ({ addressees }: Recommendation): string =>
  addressees.map(({ code, response }) => `${code}: ${t(`recommendations.response.${response}`)}`).join('; ')

/** The rows of the list, heads first, in the words of the interface. */
export function tableOf(list: Recommendation[]): string[][] {
  const heads = [
    t('recommendations.number'),
    t('recommendations.field.title'),
    t('recommendations.field.action'),
    t('recommendations.addressees'),
    t('recommendations.response'),
    t('recommendations.field.force'),
    t('recommendations.field.owner'),
    t('recommendations.field.dueOn'),
    t('recommendations.field.measure'),
    t('recommendations.field.sdgTargets'),
    t('recommendations.stage'),
    t('recommendations.assurance'),
    t('recommendations.flag'),
    t('recommendations.missing'),
  ]
  const lines = list.map((r) => [
    numberOf(r),
    r.title,
    r.action,
    r.addressees.map(({ code }) => code).join('; '),
    r.state === 'adopted' ? responsesOf(r) : '',
    t(`recommendations.force.${r.force}`),
    r.owner,
    r.dueOn ?? '',
    r.measure,
    r.sdgTargets.join('; '),
    t(`recommendations.stage.${stageOf(r)}`),
    r.state === 'adopted' ? t(`recommendations.assurance.${assuranceOf(r)}`) : '',
    r.flags.map((flag) => t(`recommendations.flag.${flag}`)).join('; '),
    r.missing.map((part) => t(`recommendations.part.${part}`)).join('; '),
  ])
  return [heads, ...lines]
}
