import type pg from 'pg'

/**
 * For the `onConnect` of a pool. It hears a connection's errors only while nobody has it, and whoever has it only a
 * moment later: a database that goes away in between would end the server.
 */
export const outlive = (client: pg.ClientBase): void => void client.on('error', () => undefined)
