import { Injectable } from '@nestjs/common'
import type { TraceKind } from '@multilogue/shared/trace'
import type { Writing } from '../work/work.js'

export interface Traced {
  kind: TraceKind
  id: string
}

/** The dated links of the chain, kept by the room that makes the later object, in the same transaction. */
@Injectable()
export class TraceLinks {
  /** Says that `to` came of `from`. Saying it twice is the same as once. */
  async add({ db, now }: Pick<Writing, 'db' | 'now'>, from: Traced, to: Traced): Promise<void> {
    await db.query(
      `INSERT INTO link (from_kind, from_id, to_kind, to_id, at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
      [from.kind, from.id, to.kind, to.id, now],
    )
  }
}
