/** SQL of an instant as ISO 8601 text; connections run in UTC. */
export const instant = (column: string): string => `to_json(${column})#>>'{}'`
