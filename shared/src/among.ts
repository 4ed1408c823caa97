/** The value itself when it is one of these; undefined otherwise. */
export const among = <T>(values: readonly T[], value: unknown): T | undefined => values.find((one) => one === value)
