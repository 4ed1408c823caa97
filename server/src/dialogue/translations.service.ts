import { Inject, Injectable } from '@nestjs/common'
import type { InputOf } from '@multilogue/shared/contract'
import type { Language } from '@multilogue/shared/language'
import {
  checkTranslation,
  listTranslations,
  translateMessage,
  type MessageTranslation,
} from '@multilogue/shared/message-translations'
import { must, mustBe } from '../access/caller.js'
import { checksTranslations, standingMessage, visibleThread, type MessageRow } from '../access/dialogue.access.js'
import { named } from '../common/acts.js'
import { errorFacts, LOG, type Log } from '../common/log.js'
import { Refusal } from '../common/problem.js'
import { mustStandAt } from '../common/revision.js'
import { rows } from '../common/sql.js'
import { Handles } from '../work/handles.js'
import { RateLimits } from '../work/rate-limits.js'
import { UnitOfWork } from '../work/unit-of-work.js'
import type { Reading, Writing } from '../work/work.js'
import { tellIn } from './hearers.js'
import { translationOf, translationsOf } from './translations.views.js'
import { TRANSLATOR, type Translator } from './translator.js'

const isOther = (message: MessageRow, language: Language): void =>
  mustBe(message.language !== language, 'The statement was made in that language.')

/**
 * Statements in other languages. The original is never touched; each wording is translated for itself, and what a
 * human has said of it is never overwritten by a machine.
 */
@Injectable()
export class TranslationsService {
  /** Under way: whoever asks for the same meanwhile waits for the same answer. */
  private readonly making = new Map<string, Promise<MessageTranslation>>()

  constructor(
    @Inject(TRANSLATOR) private readonly translator: Translator | null,
    @Inject(LOG) private readonly log: Log,
    private readonly unit: UnitOfWork,
    private readonly limits: RateLimits,
  ) {}

  @Handles(listTranslations)
  async listTranslations(work: Reading, { threadId, language }: InputOf<typeof listTranslations>) {
    const { seat } = await visibleThread(work, threadId)
    return {
      translations: await translationsOf(work.db, threadId, language),
      may: named({ translate: this.translator !== null, check: checksTranslations(seat) }),
    }
  }

  @Handles(translateMessage)
  async translateMessage(work: Reading, { messageId, language }: InputOf<typeof translateMessage>) {
    const { message } = await standingMessage(work, messageId)
    isOther(message, language)
    const key = `${messageId} ${message.revision} ${language}`
    const making = this.making.get(key) ?? this.make(work, message, language).finally(() => this.making.delete(key))
    this.making.set(key, making)
    return making
  }

  @Handles(checkTranslation)
  async checkTranslation(work: Writing, { messageId, language, body, revision }: InputOf<typeof checkTranslation>) {
    const { message, seat } = await standingMessage(work, messageId, 'lock')
    must(checksTranslations(seat), 'Translations are checked by the secretariat.')
    isOther(message, language)
    mustStandAt(message.revision, revision)
    await work.db.query(
      `INSERT INTO message_translation (message_id, language, revision, body, origin, person_id, seat_id, at)
       VALUES ($1, $2, $3, $4, 'human', $5, $6, $7)
       ON CONFLICT (message_id, language, revision) DO UPDATE SET body = excluded.body, origin = 'human',
         person_id = excluded.person_id, seat_id = excluded.seat_id, at = excluded.at`,
      [messageId, language, revision, body, work.caller.personId, seat.id, work.now],
    )
    return this.told(work, message, language, true)
  }

  private async told(work: Writing, message: MessageRow, language: Language, isNew: boolean) {
    const { id: messageId, thread_id: threadId } = message
    if (isNew) await tellIn(work, threadId, 'message.translated', { threadId, messageId, language })
    return (await translationOf(work.db, messageId, language))!
  }

  /** No transaction is open while the machine is asked: it may take seconds. */
  private async make(work: Reading, message: MessageRow, language: Language): Promise<MessageTranslation> {
    const { id, revision } = message
    const known = await translationOf(work.db, id, language)
    if (known && !known.stale) return known
    const body = await this.ask(work, message, language)
    return this.unit.write(work.caller, async (writing) => {
      const { message: now } = await standingMessage(writing, id, 'lock')
      mustStandAt(now.revision, revision)
      const kept = await rows(
        writing.db,
        `INSERT INTO message_translation (message_id, language, revision, body, origin, at)
         VALUES ($1, $2, $3, $4, 'machine', $5) ON CONFLICT DO NOTHING RETURNING 1`,
        [id, language, revision, body, writing.now],
      )
      return this.told(writing, now, language, kept.length > 0)
    })
  }

  /** @throws Refusal wrong-state when no machine is set up, translator-failed when it has no answer */
  private async ask({ caller }: Reading, { id, body, language: from }: MessageRow, to: Language): Promise<string> {
    mustBe(this.translator !== null, 'No translation service is set up.')
    await this.limits.write(caller.personId)
    try {
      return await this.translator.translate(body, from, to)
    } catch (thrown) {
      this.log.warn({ messageId: id, from, to, ...errorFacts(thrown) }, 'statement not translated')
      throw new Refusal('translator-failed')
    }
  }
}
