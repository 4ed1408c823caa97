import { Injectable } from '@nestjs/common'
import type { Right } from '@multilogue/shared/collab'
import { DataSource } from 'typeorm'
import type { ActingSeat } from '../access/caller.js'
import { mayReadDocument, mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import type { Authority, Holder } from '../collab/ports.js'
import { prepared } from '../common/sql.js'
import { WebSessions } from '../identity/web-sessions.js'
import { Bus } from '../work/bus.js'

/** Session, seat and text as they are now, in one look: it is taken for everybody who types, about once a second. */
const RIGHT = `
  SELECT to_jsonb(d) AS document,
    jsonb_build_object('id', s.id, 'role', s.role, 'roundId', s.round_id, 'delegationId', g.id, 'delegationCode', g.code,
      'delegationName', g.name, 'delegationKind', g.kind, 'credentials', g.credentials) AS seat
  FROM document d, web_session w, seat s LEFT JOIN delegation g ON g.id = s.delegation_id
  WHERE d.id = $1 AND w.id = $2 AND w.ended_at IS NULL AND w.used_at > $3
    AND s.id = $4 AND s.person_id = $5 AND s.ended_at IS NULL`

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

  /** A change of a session, seat or delegation may concern any text; a change of a text only itself. */
  onRightsChanged(listener: (documentId: string | null) => void): () => void {
    return this.bus.on('rights', (id) => listener(id.startsWith('document:') ? id.slice('document:'.length) : null))
  }
}
