import type { Message } from '@multilogue/shared/dialogue'
import type { MessagePosition } from '@multilogue/shared/message-positions'
import { formatInstant, t } from '$lib/i18n/i18n.svelte'
import { roleName } from '$lib/rooms/identity/seat-name'

/** Who took a position, when, and how it counts. */
export const positionWords = (position: MessagePosition, message: Message): string =>
  [
    t('dialogue.positionBy', {
      delegation: position.name,
      name: position.byName,
      role: roleName(position.role),
      at: formatInstant(position.at),
    }),
    ...(position.onRecord ? [t('dialogue.onRecord')] : []),
    ...(position.revision < message.revision ? [t('dialogue.onEarlierWording')] : []),
  ].join(' · ')
