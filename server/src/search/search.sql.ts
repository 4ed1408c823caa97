import type { Found } from '@multilogue/shared/search'
import { SEES_THREAD } from '../access/thread.access.js'
import { MESSAGE_HREF, THREAD_HREF } from '../dialogue/place.js'

const IN_ROOM = `JOIN thread t ON t.id = x.thread_id AND t.visibility = 'room' JOIN agenda_item i ON i.id = t.agenda_item_id`
const RANK = `ts_rank(x.search, asked.query) AS rank`

/**
 * SQL: everything that holds the words and that the seat may read.
 * $2 round, $3 seat, $4 its delegation, $8 whether only what the whole round reads; `asked.query` what is looked for
 */
export const FOUND = `
  SELECT 'statement' AS kind, m.id, coalesce(d.name, p.name) AS title, d.code, ${MESSAGE_HREF} AS href, m.language,
    m.body AS words, m.posted_at AS at, d.id AS "delegationId", i.id AS "agendaItemId", ts_rank(m.search, asked.query) AS rank
  FROM asked, message m JOIN thread t ON t.id = m.thread_id JOIN agenda_item i ON i.id = t.agenda_item_id
    JOIN seat s ON s.id = m.seat_id JOIN person p ON p.id = m.person_id LEFT JOIN delegation d ON d.id = s.delegation_id
  WHERE m.search @@ asked.query AND t.round_id = $2 AND m.state = 'shown' AND ${SEES_THREAD('$3')}
    AND (t.visibility = 'room' OR NOT $8::boolean)
  UNION ALL
  SELECT 'key_point', x.id, i.number || ' ' || i.title, NULL, ${THREAD_HREF}, x.language, x.text, x.at, NULL, i.id, ${RANK}
  FROM asked, key_point x ${IN_ROOM}
  WHERE x.search @@ asked.query AND t.round_id = $2 AND x.withdrawn_at IS NULL
  UNION ALL
  SELECT 'summary', x.id, i.number || ' ' || i.title, NULL, ${THREAD_HREF}, x.language, x.body, x.at, NULL, i.id, ${RANK}
  FROM asked, summary x ${IN_ROOM}
  WHERE x.search @@ asked.query AND t.round_id = $2
    AND x.no = (SELECT max(no) FROM summary WHERE thread_id = x.thread_id)
  UNION ALL
  SELECT 'paragraph', o.id, o.title, o.symbol, '/documents/' || o.id || '#p-' || x.paragraph_id, x.language, x.words,
    NULL, o.owner_delegation_id, (SELECT a.id FROM agenda_item a WHERE a.document_id = o.id LIMIT 1), ${RANK}
  FROM asked, paragraph_words x JOIN document o ON o.id = x.document_id
  WHERE x.search @@ asked.query AND o.round_id = $2
    AND (o.visibility = 'participants' OR (o.owner_delegation_id = $4::uuid AND NOT $8::boolean))
  UNION ALL
  SELECT 'recommendation', x.id, x.title, 'R' || r.number || '-' || x.number, '/recommendations/' || x.id, x.language,
    x.title || E'\\n' || x.action || E'\\n' || x.rationale, x.created_at, NULL, NULL, ${RANK}
  FROM asked, recommendation x JOIN round r ON r.id = x.round_id
  WHERE x.search @@ asked.query AND x.round_id = $2 AND x.state <> 'withdrawn'`

const HIT = { start: '\u0002', stop: '\u0003' }

/** SQL: the words around what was found, with signs around each hit that no text may hold. */
export const EXCERPT = `ts_headline(CASE best.language WHEN 'ar' THEN 'arabic'::regconfig WHEN 'en' THEN 'english'::regconfig
  WHEN 'es' THEN 'spanish'::regconfig WHEN 'fr' THEN 'french'::regconfig WHEN 'ru' THEN 'russian'::regconfig
  ELSE 'simple'::regconfig END, spaced(best.words), asked.query,
  'MaxWords=40, MinWords=15, StartSel=${HIT.start}, StopSel=${HIT.stop}')`

/** The spaces that were set around Chinese characters are taken away again; hits side by side are one. */
export function excerptOf(marked: string): Found['excerpt'] {
  const { start, stop } = HIT
  const text = marked
    .replace(new RegExp(` (${start}?[\\u3400-\\u9fff]${stop}?) `, 'gu'), '$1')
    .replaceAll(`${stop}${start}`, '')
  return text
    .split(start)
    .flatMap((part, index) => {
      const [hit, rest] = index === 0 ? ['', part] : part.split(stop)
      return [
        { text: hit ?? '', hit: true },
        { text: rest ?? '', hit: false },
      ]
    })
    .filter(({ text: words }) => words !== '')
}
