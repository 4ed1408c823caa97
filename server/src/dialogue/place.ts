/** SQL: the address of the thread `t` of the agenda item `i`. */
export const THREAD_HREF = `'/sessions/' || i.session_id || '?item=' || i.id ||
  CASE WHEN t.visibility <> 'room' THEN '&thread=' || t.id ELSE '' END`

/** SQL: the address of the statement `m` in it. */
export const MESSAGE_HREF = `${THREAD_HREF} || '#m-' || m.id`
