/** Behind which row the next page begins; null when this one is the last. */
export const nextOf = (rows: readonly { id: string }[], limit: number): string | null =>
  rows.length === limit ? rows[limit - 1]!.id : null
