import { Injectable } from '@nestjs/common'
import type { Right } from '@multilogue/shared/collab'
import type { ActingSeat, Caller } from '../access/caller.js'
import { mayReadDocument, mayWriteDocument, type DocumentRow } from '../access/document.access.js'
import type { Authority, Holder } from '../collab/ports.js'
import { Gathering } from '../common/gathering.js'
import { prepared } from '../common/sql.js'
import { WebSessions } from '../identity/web-sessions.js'
import { Bus } from '../work/bus.js'
import { TextSource } from './text.source.js'

const SEAT_AND_TEXT = `
  to_jsonb(d) AS document,
    jsonb_build_object('id', s.id, 'role', s.role, 'roundId', s.round_id, 'delegationId', g.id, 'delegationCode', g.code,
      'delegationName', g.name, 'delegationKind', g.kind, 'credentials', g.credentials) AS seat`

/** Session, seat and text as they are now: asked for everybody who types, about once a second. */
const RIGHT = `
  SELECT i.at, ${SEAT_AND_TEXT}
  FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS i(document_id, session_id, seat_id, person_id, at)
    JOIN document d ON d.id = i.document_id
    JOIN web_session w ON w.id = i.session_id AND w.ended_at IS NULL AND w.used_at > $5
    JOIN seat s ON s.id = i.seat_id AND s.person_id = i.person_id AND s.ended_at IS NULL
    LEFT JOIN delegation g ON g.id = s.delegation_id`

/** A session that has to be marked as used goes the long way. */
const ADMIT = `
  SELECT i.at, ${SEAT_AND_TEXT}, w.id AS "sessionId", p.id AS "personId", p.name AS "personName"
  FROM unnest($1::uuid[], $2::bytea[], $3::uuid[]) WITH ORDINALITY AS i(document_id, token_hash, seat_id, at)
    JOIN document d ON d.id = i.document_id
    JOIN web_session w ON w.token_hash = i.token_hash AND w.ended_at IS NULL AND w.used_at > $4 AND w.used_at > $5
    JOIN person p ON p.id = w.person_id
    JOIN seat s ON s.id = i.seat_id AND s.person_id = p.id AND s.ended_at IS NULL
    LEFT JOIN delegation g ON g.id = s.delegation_id`

/** Who is on the way in, or types the first letter, waits for the answer. */
const NOW = { most: 200, pause: 10 }
/** Nobody waits for these. */
const SOON = { most: 200, pause: 100 }

interface Found {
  /** The place of the question, from 1. */
  at: string
  seat: ActingSeat
  document: DocumentRow
}

interface Admitted extends Found {
  sessionId: string
  personId: string
  personName: string
}

type Held = Holder & { documentId: string }

interface Admission {
  documentId: string
  seatId: string
  tokenHash: Buffer
}

/** Rights on a text, from what the database says now about session, seat and text. */
@Injectable()
export class TextAuthority implements Authority {
  private readonly rights = new Gathering((asked: Held[]) => this.lookUpRights(asked), NOW)
  private readonly laterRights = new Gathering((asked: Held[]) => this.lookUpRights(asked), SOON)
  private readonly admissions = new Gathering((asked: Admission[]) => this.lookUpAdmissions(asked), NOW)

  constructor(
    private readonly source: TextSource,
    private readonly sessions: WebSessions,
    private readonly bus: Bus,
  ) {}

  async rightOf(documentId: string, holder: Holder, when: 'now' | 'soon'): Promise<Right> {
    const found = await (when === 'now' ? this.rights : this.laterRights).ask({ documentId, ...holder })
    return found === undefined ? 'none' : rightIn(found)
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
    const found = await this.admissions.ask({ documentId, seatId, tokenHash: this.sessions.keyed(token) })
    const right = found === undefined ? 'none' : rightIn(found)
    if (found === undefined || right === 'none') return undefined
    const { seat, personId, personName, sessionId } = found
    return { caller: { personId, personName, sessionId, seat }, right }
  }

  /** A change of a session, seat or delegation may concern any text; a change of a text only itself. */
  onRightsChanged(listener: (documentId: string | null) => void): () => void {
    return this.bus.on('rights', (id) => listener(id.startsWith('document:') ? id.slice('document:'.length) : null))
  }

  private lookUpRights(asked: Held[]): Promise<(Found | undefined)[]> {
    return this.lookUp<Found>('right', RIGHT, asked.length, [
      asked.map(({ documentId }) => documentId),
      asked.map(({ sessionId }) => sessionId),
      asked.map(({ seatId }) => seatId),
      asked.map(({ personId }) => personId),
      this.sessions.oldest(),
    ])
  }

  private lookUpAdmissions(asked: Admission[]): Promise<(Admitted | undefined)[]> {
    return this.lookUp<Admitted>('admit', ADMIT, asked.length, [
      asked.map(({ documentId }) => documentId),
      asked.map(({ tokenHash }) => tokenHash),
      asked.map(({ seatId }) => seatId),
      this.sessions.oldest(),
      this.sessions.touchedAfter(),
    ])
  }

  private async lookUp<T extends Found>(name: string, text: string, count: number, values: unknown[]) {
    const answers = new Array<T | undefined>(count).fill(undefined)
    for (const found of await prepared<T>(this.source, name, text, values)) answers[Number(found.at) - 1] = found
    return answers
  }
}

function rightIn({ seat, document }: Found): Right {
  if (!mayReadDocument(seat, document)) return 'none'
  return mayWriteDocument(seat, document) ? 'write' : 'read'
}
