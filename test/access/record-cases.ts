import { addToRecord, writeRecord } from '@multilogue/shared/records'
import { writeRoundReport } from '@multilogue/shared/round-report'
import { kase, type Case, type Here } from './roles.js'

const KEEPERS = ['chair', 'rapporteur', 'secretariat'] as const

/** The record of a session before it is written, and after. */
export const recordCases = (here: Here): Case[] => [
  kase({ act: writeRecord, state: 'live session', may: KEEPERS, given: () => here.records.toWrite('live') }),
  kase({ act: writeRecord, state: 'ended session', may: KEEPERS, given: () => here.records.toWrite('ended') }),
  kase({
    act: writeRecord,
    state: 'session to come',
    may: [],
    entitled: 'rapporteur',
    no: 'wrong-state',
    given: () => here.records.toWrite('confirmed'),
  }),
  kase({ act: addToRecord, state: 'written', may: KEEPERS, given: () => here.records.written() }),
  kase({ act: writeRoundReport, state: 'not written', may: KEEPERS, given: () => here.records.reportToWrite() }),
  kase({ act: addToRecord, state: 'report of a round', may: KEEPERS, given: () => here.records.report() }),
]
