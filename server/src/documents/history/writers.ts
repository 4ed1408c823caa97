/** Columns of a `Writer`. @param hand alias of the row with `person_id` and `seat_id` */
export const writerOf = (hand: string): string =>
  `w.id AS "personId", w.name, ${hand}.seat_id AS "seatId", coalesce(wd.code, ws.role, '') AS code,
   wd.name AS "delegationName"`

export const joinWriter = (hand: string): string =>
  `JOIN person w ON w.id = ${hand}.person_id LEFT JOIN seat ws ON ws.id = ${hand}.seat_id
   LEFT JOIN delegation wd ON wd.id = ws.delegation_id`
