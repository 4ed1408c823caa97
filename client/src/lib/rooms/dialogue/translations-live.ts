import { streamOfRound } from '@multilogue/shared/events'
import { listTranslations, type ThreadTranslations } from '@multilogue/shared/message-translations'
import { call } from '$lib/api'
import { i18n } from '$lib/i18n/i18n.svelte'
import { live, type Live } from '$lib/live.svelte'

const CHANGES = new Set(['message.translated', 'message.edited', 'message.withheld'])

/** The statements of a thread in the reader's language, as far as they are translated. Call it while a component is set up. */
export const liveTranslations = (threadId: string, roundId: string): Live<ThreadTranslations> =>
  live<ThreadTranslations>(() => call(listTranslations, { threadId, language: i18n.locale }), {
    // Another language of the reader starts it anew.
    stream: () => (i18n.locale, streamOfRound(roundId)),
    concerns: ({ name, payload }) => CHANGES.has(name) && concernsThread(payload as Told, threadId),
  })

interface Told {
  threadId?: string
  language?: string
  message?: { threadId: string }
}

function concernsThread({ threadId, language, message }: Told, own: string): boolean {
  return (threadId ?? message?.threadId) === own && (language === undefined || language === i18n.locale)
}
