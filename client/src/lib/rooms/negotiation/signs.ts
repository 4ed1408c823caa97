import type { Negotiation } from '@multilogue/shared/negotiation'
import type { Sign } from '$lib/collab/statuses'
import { t } from '$lib/i18n/i18n.svelte'

/** What is drawn beside the paragraphs that are not simply open, by their ids. */
export const signsOf = ({ blocks }: Negotiation): Map<string, Sign> =>
  new Map(
    blocks.flatMap(({ id, status }) =>
      status && status !== 'open' ? [[id, { status, label: t(`negotiation.status.${status}`) }]] : [],
    ),
  )
