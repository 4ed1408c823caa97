import { Injectable } from '@nestjs/common'
import type { Right } from '@multilogue/shared/collab'
import { DataSource } from 'typeorm'
import { mayReadDocument, mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import type { Authority, Holder } from '../collab/ports.js'
import { row } from '../common/sql.js'
import { seatHeld } from '../identity/seats.js'
import { WebSessions } from '../identity/web-sessions.js'
import { Bus } from '../work/bus.js'

/** Rights on a text, from what the database says now about session, seat and text. */
@Injectable()
export class TextAuthority implements Authority {
  constructor(
    private readonly source: DataSource,
    private readonly sessions: WebSessions,
    private readonly bus: Bus,
  ) {}

  async rightOf(documentId: string, { personId, seatId, sessionId }: Holder): Promise<Right> {
    const [stands, seat, document] = await Promise.all([
      this.sessions.stands(sessionId),
      seatHeld(this.source.manager, personId, seatId),
      row<DocumentRow>(this.source, `SELECT * FROM document WHERE id = $1`, [documentId]),
    ])
    if (!stands || !seat || !document || !mayReadDocument(seat, document)) return 'none'
    return mayWriteDocument(seat, document) ? 'write' : 'read'
  }

  /** A change of a session, seat or delegation may concern any text; a change of a text only itself. */
  onRightsChanged(listener: (documentId: string | null) => void): () => void {
    return this.bus.on('rights', (id) => listener(id.startsWith('document:') ? id.slice('document:'.length) : null))
  }
}
