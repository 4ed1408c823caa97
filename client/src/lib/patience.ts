const LONGEST_MS = 10_000

/** How long to wait before a read that failed `failures` times in a row is tried again, in milliseconds. */
export const patience = (failures: number): number => Math.min(LONGEST_MS, 1000 * 2 ** failures)
