/** Pearson's coefficient; undefined for fewer than three points or where one side does not vary. */
export function correlationOf(points: readonly { x: number; y: number }[]): number | undefined {
  const n = points.length
  if (n < 3) return undefined
  const mean = (values: number[]) => values.reduce((all, one) => all + one, 0) / n
  const [mx, my] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))]
  const sum = (of: (x: number, y: number) => number) => points.reduce((all, { x, y }) => all + of(x - mx, y - my), 0)
  const spread = Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y))
  return spread > 0 ? sum((x, y) => x * y) / spread : undefined
}
