import type { EventName, EventPayload } from '@multilogue/shared/events'
import type { EntityManager } from 'typeorm'
import type { Caller } from '../access/caller.js'

/** Who may hear of a happening; left out, everybody in the round. */
export interface Audience {
  delegationIds: string[]
  secretariat: boolean
  /** And who presides. */
  chair?: boolean
  /** And these seats. */
  seatIds?: string[]
}

/** What a query is given: one connection's view of the database, who asks, and the time. */
export interface Reading {
  readonly db: EntityManager
  readonly caller: Caller
  readonly now: Date
}

/** What a command is given: everything done through `db` and everything recorded commits together or not at all. */
export interface Writing extends Reading {
  /** Says what happened, in the round's stream; heard by others only after the commit. */
  readonly record: <N extends EventName>(
    roundId: string,
    name: N,
    payload: EventPayload<N>,
    audience?: Audience,
  ) => void
  /** Like `record`, without saying who acted. */
  readonly unsigned: Writing['record']
}
