import type { OutputOf } from '@multilogue/shared/contract'
import { streamOfRound, type Happening } from '@multilogue/shared/events'
import { getConcordance, listLanguageVersions, type Concordance } from '@multilogue/shared/languages'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

const isOn = (documentId: string, { name, payload }: Happening) =>
  name === 'delegation.changed' ||
  (name === 'language.moved' && (payload as { documentId: string }).documentId === documentId)

export type Languages = OutputOf<typeof listLanguageVersions>

/** The languages of a text, read anew when one of them has moved. Call it while a component is set up. */
export const liveLanguages = (documentId: string, roundId: string): Live<Languages> =>
  live(() => call(listLanguageVersions, { documentId }), {
    stream: () => streamOfRound(roundId),
    concerns: (happening) => isOn(documentId, happening),
  })

/** A text beside two of its languages: the one that is worked on, and another when it is not the source. */
export const livePair = (
  documentId: string,
  roundId: string,
  versionId: string,
  otherId: string | undefined,
): Live<{ shown: Concordance; other: Concordance | undefined }> =>
  live(
    async () => ({
      shown: await call(getConcordance, { versionId }),
      other: otherId ? await call(getConcordance, { versionId: otherId }) : undefined,
    }),
    { stream: () => streamOfRound(roundId), concerns: (happening) => isOn(documentId, happening) },
  )
