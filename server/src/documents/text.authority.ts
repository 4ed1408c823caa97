import { Injectable } from '@nestjs/common'
import type { Right } from '@multilogue/shared/collab'
import { DataSource } from 'typeorm'
import type { ActingSeat, Caller } from '../access/caller.js'
import { mayReadDocument, mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import type { Authority, Holder } from '../collab/ports.js'
import { prepared } from '../common/sql.js'
import { WebSessions } from '../identity/web-sessions.js'
import { Bus } from '../work/bus.js'

const SEAT_AND_TEXT = `
  to_jsonb(d) AS document,
    jsonb_build_object('id', s.id, 'role', s.role, 'roundId', s.round_id, 'delegationId', g.id, 'delegationCode', g.code,
      'delegationName', g.name, 'delegationKind', g.kind, 'credentials', g.credentials) AS seat`

/** Session, seat and text as they are now: asked for everybody who types, about once a second. */
const RIGHT = `
  SELECT ${SEAT_AND_TEXT}
  FROM document d, web_session w, seat s LEFT JOIN delegation g ON g.id = s.delegation_id
  WHERE d.id = $1 AND w.id = $2 AND w.ended_at IS NULL AND w.used_at > $3
    AND s.id = $4 AND s.person_id = $5 AND s.ended_at IS NULL`

/** A session that has to be marked as used goes the long way. */
const ADMIT = `
  SELECT ${SEAT_AND_TEXT}, w.id AS "sessionId", p.id AS "personId", p.name AS "personName"
  FROM document d, web_session w JOIN person p ON p.id = w.person_id,
    seat s LEFT JOIN delegation g ON g.id = s.delegation_id
  WHERE d.id = $1 AND w.token_hash = $2 AND w.ended_at IS NULL AND w.used_at > $3 AND w.used_at > $5
    AND s.id = $4 AND s.person_id = p.id AND s.ended_at IS NULL`

interface Admitted {
  seat: ActingSeat
  document: DocumentRow
  sessionId: string
  personId: string
  personName: string
}

/** Rights on a text, from what the database says now about session, seat and text. */
@Injectable()
export class TextAuthority implements Authority {
  constructor(
    private readonly source: DataSource,
    private readonly sessions: WebSessions,
    private readonly bus: Bus,
  ) {}

  async rightOf(documentId: string, { personId, seatId, sessionId }: Holder): Promise<Right> {
    const [found] = await prepared<{ seat: ActingSeat; document: DocumentRow }>(this.source, 'right', RIGHT, [
      documentId,
      sessionId,
      this.sessions.oldest(),
      seatId,
      personId,
    ])
    if (!found || !mayReadDocument(found.seat, found.document)) return 'none'
    return mayWriteDocument(found.seat, found.document) ? 'write' : 'read'
  }

  /**
   * Who comes with a session's token to open a text with a seat, and what they may do with it, in one look.
   * @returns nothing when anything is not as it should be; the way of all other requests then tells what
   */
  async admit(
    token: string,
    seatId: string,
    documentId: string,
  ): Promise<{ caller: Caller; right: Right } | undefined> {
    const [found] = await prepared<Admitted>(this.source, 'admit', ADMIT, [
      documentId,
      this.sessions.keyed(token),
      this.sessions.oldest(),
      seatId,
      this.sessions.touchedAfter(),
    ])
    if (!found || !mayReadDocument(found.seat, found.document)) return undefined
    const { seat, document, personId, personName, sessionId } = found
    return {
      caller: { personId, personName, sessionId, seat },
      right: mayWriteDocument(seat, document) ? 'write' : 'read',
    }
  }

  /** A change of a session, seat or delegation may concern any text; a change of a text only itself. */
  onRightsChanged(listener: (documentId: string | null) => void): () => void {
    return this.bus.on('rights', (id) => listener(id.startsWith('document:') ? id.slice('document:'.length) : null))
  }
}
