import { Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import { endBrowser, keepBrowser } from '@multilogue/shared/push'
import { newId } from '../common/ids.js'
import { Refusal } from '../common/problem.js'
import { Handles } from '../work/handles.js'
import type { Writing } from '../work/work.js'
import { PushKeys } from './push.keys.js'

/** In how many browsers a person is told; who adds one more leaves the one that was used longest ago. */
const BROWSERS = 20

/** The browsers in which a person is told of notices while no page is open. */
@Injectable()
export class BrowsersService {
  constructor(private readonly keys: PushKeys) {}

  /** A browser that somebody else was told in is this person's now, and nothing that waited is told in it. */
  @Handles(keepBrowser)
  async keepBrowser({ db, caller, now }: Writing, { endpoint, p256dh, auth }: InputOf<typeof keepBrowser>) {
    if (!this.keys.isOfService(endpoint))
      throw new Refusal('invalid-input', 'This forum does not send to the service of this browser.')
    const { personId, sessionId } = caller
    await db.query(`DELETE FROM push_browser WHERE endpoint = $1 AND person_id <> $2`, [endpoint, personId])
    await db.query(
      `INSERT INTO push_browser (id, person_id, session_id, endpoint, p256dh, auth, kept_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (endpoint) DO UPDATE SET session_id = $3, p256dh = $5, auth = $6, kept_at = $7`,
      [newId(), personId, sessionId, endpoint, p256dh, auth, now],
    )
    await db.query(
      `DELETE FROM push_browser WHERE id IN (
         SELECT id FROM push_browser WHERE person_id = $1 ORDER BY kept_at DESC, id DESC OFFSET ${BROWSERS})`,
      [personId],
    )
    return { done: true as const }
  }

  @Handles(endBrowser)
  async endBrowser({ db, caller }: Writing, { endpoint }: InputOf<typeof endBrowser>) {
    await db.query(`DELETE FROM push_browser WHERE endpoint = $1 AND person_id = $2`, [endpoint, caller.personId])
    return { done: true as const }
  }
}
