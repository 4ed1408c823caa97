import { directionOf } from '@multilogue/shared/language'
import type { MessageTranslation } from '@multilogue/shared/message-translations'
import type { EntityManager } from 'typeorm'
import { instant } from '../common/columns.js'
import { rows } from '../common/sql.js'

/** Of each statement that stands, the translation of its latest wording that was translated. */
const LATEST = (where: string) => `SELECT DISTINCT ON (x.message_id) x.message_id AS "messageId", x.language, x.body,
    x.origin, p.name AS "byName", ${instant('x.at')} AS at, x.revision, x.revision < m.revision AS stale
  FROM message_translation x JOIN message m ON m.id = x.message_id LEFT JOIN person p ON p.id = x.person_id
  WHERE ${where} AND m.state = 'shown' AND x.language = $2 ORDER BY x.message_id, x.revision DESC`

type Found = Omit<MessageTranslation, 'dir'>

const withDirection = (found: Found): MessageTranslation => ({ ...found, dir: directionOf(found.language) })

export const translationsOf = async (db: EntityManager, threadId: string, language: string) =>
  (await rows<Found>(db, LATEST('m.thread_id = $1'), [threadId, language])).map(withDirection)

export const translationOf = async (db: EntityManager, messageId: string, language: string) =>
  (await rows<Found>(db, LATEST('m.id = $1'), [messageId, language])).map(withDirection)[0]
