/** SQL of a round and all that came before it. Recommendations are followed up from round to round. */
export const LINEAGE = (round: string) => `(WITH RECURSIVE lineage(id) AS (SELECT ${round}::uuid UNION
  SELECT r.previous_id FROM round r JOIN lineage l ON r.id = l.id WHERE r.previous_id IS NOT NULL) SELECT id FROM lineage)`

/** SQL: another one stands in the place of the recommendation `id`, by an act of the round or of one before it. */
export const SUPERSEDED = (id: string, round: string) => `EXISTS (${SUCCESSIONS(id, round)})`

const SUCCESSIONS = (id: string, round: string) =>
  `SELECT 1 FROM succession s WHERE s.from_id = ${id} AND s.round_id IN ${LINEAGE(round)}`

/**
 * SQL that leaves out the recommendations, rows of `c`, that a round does not follow up any more.
 * @param left  `before`: only what was left by the rounds before it, and not superseded since; `found`: all that it had
 *   from them when it began, whatever it has done with it
 */
export const FOLLOWED = (round: string, left: 'here' | 'before' | 'found' = 'here') => {
  const earlier = (table: string) => `AND ${table}.round_id <> ${round}`
  return `NOT EXISTS (SELECT 1 FROM carry_over o WHERE o.recommendation_id = c.id AND o.act <> 'carried'
    AND o.round_id IN ${LINEAGE(round)} ${left === 'here' ? '' : earlier('o')})
  AND NOT EXISTS (${SUCCESSIONS('c.id', round)} ${left === 'found' ? earlier('s') : ''}) ${left === 'found' ? earlier('c') : ''}`
}
