import type { Happening } from '@multilogue/shared/events'
import { streamOfRound } from '@multilogue/shared/events'
import {
  listVisions,
  readDiagnosis,
  readVision,
  type Diagnosis,
  type Vision,
  type VisionFacts,
} from '@multilogue/shared/visions'
import { call } from '$lib/api'
import { live, type Live } from '$lib/live.svelte'

const isAbout = ({ name, payload }: Happening, documentId: string) =>
  (name === 'vision.changed' || name === 'document.moved') &&
  (payload as { documentId: string }).documentId === documentId

export const liveDiagnosis = (roundId: string): Live<Diagnosis> =>
  live(() => call(readDiagnosis, { roundId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name }) => name === 'diagnosis.changed' || name === 'vision.changed' || name === 'delegation.changed',
  })

export const liveVisions = (roundId: string): Live<VisionFacts[]> =>
  live(() => call(listVisions, { roundId }), {
    stream: () => streamOfRound(roundId),
    concerns: ({ name }) => name === 'vision.changed' || name === 'document.opened',
  })

export const liveVision = (documentId: string, roundId: string): Live<Vision> =>
  live(() => call(readVision, { documentId }), {
    stream: () => streamOfRound(roundId),
    concerns: (happening) => isAbout(happening, documentId) || happening.name === 'diagnosis.changed',
  })

export const STATE_TONES = { drafting: 'info', adopted: 'ok', due: 'warn' } as const
export const KIND_TONES = { strength: 'ok', obstacle: 'bad', gap: 'warn', leverage: 'info', risk: 'bad' } as const
