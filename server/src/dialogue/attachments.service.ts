import { createHash } from 'node:crypto'
import { Inject, Injectable } from '@nestjs/common'
import {
  ATTACHMENT_BYTES,
  ATTACHMENT_MEDIA,
  ATTACHMENT_MEGABYTES,
  attachFile,
  downloadAttachment,
  type Attachment,
  type AttachmentKind,
} from '@multilogue/shared/attachments'
import type { InputOf } from '@multilogue/shared/contract'
import { must, mustBe } from '../access/caller.js'
import { mayReadWordings, maySpeak, visibleMessage, visibleThread } from '../access/dialogue.access.js'
import { newId } from '../common/ids.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { nothingHere, Refusal } from '../common/problem.js'
import { insert, row } from '../common/sql.js'
import { mustNotBeMuted } from '../moderation/restraints.js'
import { FileAnswer } from '../work/file-answer.js'
import { Handles } from '../work/handles.js'
import { RateLimits } from '../work/rate-limits.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Reading } from '../work/work.js'
import { kindOf } from './file-kinds.js'
import { SCANNER, type Scanner } from './scanner.js'

/** Files of one seat that wait for a statement. */
const WAITING = 20
const DAY_MS = 86_400_000

/** Files that go with statements: uploaded first, and seen by others once the statement is made. */
@Injectable()
export class AttachmentsService {
  constructor(
    @Inject(SCANNER) private readonly scanner: Scanner | null,
    @Inject(LOG) private readonly log: Log,
    private readonly unit: UnitOfWork,
    private readonly limits: RateLimits,
  ) {}

  /** No transaction is open while the file is scanned: it may take seconds. */
  @Handles(attachFile)
  async attachFile(work: Reading, { threadId, name, file }: InputOf<typeof attachFile>): Promise<Attachment> {
    await this.mayAttach(work, threadId)
    await this.limits.write(work.caller.personId)
    const bytes = Buffer.from(file, 'base64')
    if (bytes.length > ATTACHMENT_BYTES)
      throw new Refusal('too-large', `A file has at most ${ATTACHMENT_MEGABYTES} MB.`)
    const kind = kindOf(bytes, name)
    await this.scan(bytes)
    const attachment = { id: newId(), name, kind, size: bytes.length, sha256: sha256Of(bytes) }
    return this.unit.write(work.caller, async (writing) => {
      const { db, now } = writing
      const seat = await this.mayAttach(writing, threadId)
      await db.query(`DELETE FROM attachment WHERE message_id IS NULL AND at < $1`, [new Date(now.getTime() - DAY_MS)])
      const waiting = await row<{ count: number }>(
        db,
        `SELECT count(*)::int AS count FROM attachment WHERE seat_id = $1 AND message_id IS NULL`,
        [seat.id],
      )
      mustBe(waiting!.count < WAITING, 'Too many files wait for a statement.')
      await insert(db, 'attachment', { ...attachment, thread_id: threadId, seat_id: seat.id, bytes, at: now })
      return attachment
    })
  }

  @Handles(downloadAttachment)
  async downloadAttachment(work: Reading, { attachmentId }: InputOf<typeof downloadAttachment>): Promise<FileAnswer> {
    const named = await row<{ message_id: string | null; name: string; kind: AttachmentKind }>(
      work.db,
      `SELECT message_id, name, kind FROM attachment WHERE id = $1`,
      [attachmentId],
    )
    if (!named?.message_id) throw nothingHere()
    const { message, seat } = await visibleMessage(work, named.message_id)
    must(mayReadWordings(seat, message), 'The statement is hidden.')
    const found = await row<{ bytes: Buffer }>(work.db, `SELECT bytes FROM attachment WHERE id = $1`, [attachmentId])
    const dot = named.name.lastIndexOf('.')
    const ending = named.name.slice(dot + 1).toLowerCase()
    return new FileAnswer(found!.bytes, ATTACHMENT_MEDIA[named.kind], named.name.slice(0, dot), ending)
  }

  private async mayAttach(work: Reading, threadId: string) {
    const { thread, seat } = await visibleThread(work, threadId)
    mustBe(thread.state === 'open', 'The thread is closed.')
    must(maySpeak(seat, thread), 'Your seat has no floor in this thread.')
    await mustNotBeMuted(work, thread, seat)
    return seat
  }

  /** @throws Refusal file-harmful, scanner-failed */
  private async scan(bytes: Buffer): Promise<void> {
    let found: string | null | undefined
    try {
      found = await this.scanner?.scan(bytes)
    } catch (thrown) {
      this.log.warn({ size: bytes.length, ...errorFacts(thrown) }, 'file not scanned')
      throw new Refusal('scanner-failed')
    }
    if (found) throw new Refusal('file-harmful', found)
  }
}

const sha256Of = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
