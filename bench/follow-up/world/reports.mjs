/* What was reported of recommendations and actions, what was measured, and where the status stands by it. */

const STATUSES = `'{not_started,in_progress,in_progress,partially_implemented,implemented,implemented,not_pursued,no_longer_applicable}'`

/**
 * Reports of one thing follow each other; all but a tenth of the last ones of the two newest rounds are validated.
 * @param about  SQL of the things reported on: `n` numbers them, `times` is how often each was
 */
const reported = (kind, about, columns) => `
  INSERT INTO report (id, round_id, seat_id, addressee_id, ${columns}, narrative, language, proposed_status, evidence_url,
    evidence_title, state, review_note, submitted_at, reviewed_at)
  SELECT bench.id('${kind}', n * 10 + t), round_id, seat_id, addressee_id, ${columns},
    'The group met, agreed on the next steps, and has begun to carry them out as the text foresees.', 'en',
    bench.pick(${STATUSES}, 'proposed', n * 10 + t), 'https://example.org/evidence/' || n, 'Minutes of the meeting', state, '',
    at, CASE WHEN state <> 'submitted' THEN at + interval '9 days' END
  FROM (${about}) o, generate_series(1, times) t,
    LATERAL (SELECT adopted + make_interval(secs => extract(epoch FROM now() - interval '10 days' - adopted) * t / (times + 1)) AS at) d,
    LATERAL (SELECT CASE WHEN t < times OR closed OR bench.die('open', n, 10) > 0 THEN 'validated'
      ELSE bench.pick('{submitted,submitted,returned}', 'state', n) END AS state) s`

const ON_RECOMMENDATIONS = `
  SELECT row_number() OVER (ORDER BY o.number, c.number, d.code) AS n, c.round_id, s.id AS seat_id, d.id AS addressee_id,
    c.id AS recommendation_id, c.adopted_at AS adopted, o.status = 'closed' AS closed,
    ('{0,1,1,2,3,3}'::int[])[1 + bench.die('times', c.number * 100000::bigint + o.number * 1000 + ascii(d.code) * 7 + ascii(right(d.code, 1)), 6)] AS times
  FROM recommendation_addressee a JOIN recommendation c ON c.id = a.recommendation_id JOIN round o ON o.id = c.round_id
  JOIN delegation d ON d.id = a.delegation_id JOIN seat s ON s.delegation_id = d.id`

const ON_ACTIONS = `
  SELECT row_number() OVER (ORDER BY i.document_id, i.id) AS n, t.round_id, s.id AS seat_id, d.id AS addressee_id,
    t.id AS plan_id, i.id AS action_id, t.adopted_at AS adopted, o.status = 'closed' AS closed,
    ('{1,2,2,3,3,4}'::int[])[1 + bench.die('action times', hashtextextended(i.id::text, 0), 6)] AS times
  FROM plan_item i JOIN document t ON t.id = i.document_id JOIN round o ON o.id = t.round_id
  JOIN delegation d ON d.round_id = t.round_id AND d.code = i.lead
  JOIN seat s ON s.delegation_id = d.id`

/** Of the result that the action leads to, and of those that this one leads to. */
const MEASUREMENTS = `
  INSERT INTO measurement (report_id, indicator_id, "on", value, parts)
  SELECT e.id, n.id, (e.submitted_at - interval '1 day')::date, 10 + bench.die('value', hashtextextended(e.id::text || n.id, 0), 80),
    '[{"name": "women", "value": 4}, {"name": "men", "value": 6}]'
  FROM report e JOIN plan_item i ON i.document_id = e.plan_id AND i.id = e.action_id
  JOIN plan_result r ON r.document_id = i.document_id AND r.id = i.result_id
  JOIN plan_result u ON u.document_id = r.document_id AND u.id = r.parent_id
  JOIN plan_indicator n ON n.document_id = i.document_id AND n.result_id IN (i.result_id, r.parent_id, u.parent_id)`

const STANDING = `
  UPDATE recommendation_addressee a SET status = last.proposed_status, assurance = 'validated', status_at = last.reviewed_at
  FROM (SELECT DISTINCT ON (recommendation_id, addressee_id) * FROM report WHERE state = 'validated' AND recommendation_id IS NOT NULL
    ORDER BY recommendation_id, addressee_id, reviewed_at DESC) last
  WHERE last.recommendation_id = a.recommendation_id AND last.addressee_id = a.delegation_id`

const PROGRESS = `
  INSERT INTO plan_progress (plan_id, action_id, status, assurance, status_at)
  SELECT DISTINCT ON (plan_id, action_id) plan_id, action_id, proposed_status, 'validated', reviewed_at
  FROM report WHERE state = 'validated' AND plan_id IS NOT NULL ORDER BY plan_id, action_id, reviewed_at DESC`

const WITHDRAWN = `
  INSERT INTO evidence_withdrawal (id, report_id, reason, person_id, seat_id, at)
  SELECT bench.id('withdrawal', hashtextextended(e.id::text, 0)), e.id, 'The figures were of another year.', bench.id('person', 0), s.id, e.reviewed_at + interval '1 day'
  FROM report e JOIN seat s ON s.round_id = e.round_id AND s.role = 'secretariat'
  WHERE e.state = 'validated' AND bench.die('withdrawn', hashtextextended(e.id::text, 0), 100) = 0`

const LINKS = `
  INSERT INTO link (from_kind, from_id, to_kind, to_id, at)
  SELECT 'recommendation', recommendation_id, 'report', id, submitted_at FROM report WHERE recommendation_id IS NOT NULL`

export const reports = () => [
  { name: 'reports on recommendations', sql: reported('report', ON_RECOMMENDATIONS, 'recommendation_id') },
  { name: 'reports on actions', sql: reported('action report', ON_ACTIONS, 'plan_id, action_id') },
  { name: 'measurements', sql: MEASUREMENTS },
  { name: 'where recommendations stand', sql: STANDING },
  { name: 'where actions stand', sql: PROGRESS },
  { name: 'evidence withdrawn', sql: WITHDRAWN },
  { name: 'links', sql: LINKS },
]
