/** A table for docs/benchmarks.md: rows, size and p50 of the largest run, p95 of all of them. */
export function table(runs) {
  const largest = runs.at(-1)
  const heads = ['asked', 'rows', 'kB', ...runs.map(({ scale }) => `p95 at ${scale}, ms`), 'p50, ms', 'database, ms']
  const lines = largest.lines.map(({ name, rows, kB, p50, p95, target, plans }, at) => [
    name,
    String(rows),
    figure(kB),
    ...runs.map(({ lines }) => figure(lines[at].p95)),
    figure(p50),
    figure(plans.ms),
    target === Infinity ? '–' : `< ${target}, ${p95 < target ? 'met' : '**missed**'}`,
    plans.scans.join(', ') || '–',
  ])
  const all = [[...heads, 'target, ms', 'big tables read whole'], heads.concat('', '').map(() => '---'), ...lines]
  return all.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

const figure = (value) => (value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en'))
