import type { Recommendation } from '@multilogue/shared/recommendations'
import { download as save } from '$lib/download'
import { t } from '$lib/i18n/i18n.svelte'
import { assuranceOf, numberOf, stageOf } from './names'

/** A spreadsheet would take a cell that begins like this for a formula. */
const FORMULA = /^[=+\-@\t\r]/

function cell(value: string): string {
  const harmless = FORMULA.test(value) ? `'${value}` : value
  return /[",\r\n']/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}

/** Rows of cells as RFC 4180 has them. */
export const csvOf = (lines: string[][]): string => lines.map((line) => line.map(cell).join(',')).join('\r\n') + '\r\n'

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

/** Hands the rows to the browser as a file. The mark at its beginning tells spreadsheets that it is UTF-8. */
export const download = (name: string, csv: string): void =>
  save(new File(['\uFEFF', csv], name, { type: 'text/csv;charset=utf-8' }))
