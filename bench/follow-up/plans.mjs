import fs from 'node:fs'

/* What the database does for an answer: its statements are planned and run once more, with what they were asked. */

/** What is larger is not to be read from end to end. */
const BIG = 10_000

/** Runs `ask` while the server writes its statements down. @returns those that read */
export async function statementsOf(file, ask) {
  fs.writeFileSync(file, '')
  await ask()
  const lines = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean)
  fs.rmSync(file)
  return lines.map((line) => JSON.parse(line)).filter(({ text }) => /^\s*(SELECT|WITH)\b/i.test(text))
}

/** @returns {ms, scans, text}: of all statements, the big tables that are read whole, and the plans */
export async function plansOf(client, statements) {
  const big = await bigTables(client)
  const plans = []
  for (const { text, values } of statements) {
    const { rows } = await client.query(`EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`, values)
    plans.push({ text, ...rows[0]['QUERY PLAN'][0] })
  }
  const scans = new Set(plans.flatMap(({ Plan }) => scansIn(Plan)).filter((table) => big.has(table)))
  const ms = plans.reduce((sum, plan) => sum + plan['Planning Time'] + plan['Execution Time'], 0)
  return { ms, scans: [...scans], text: plans.map(told).join('\n') }
}

async function bigTables(client) {
  const { rows } = await client.query(`SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples > $1`, [BIG])
  return new Set(rows.map(({ relname }) => relname))
}

function scansIn(plan) {
  const own = plan['Node Type'] === 'Seq Scan' ? [plan['Relation Name']] : []
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)]
}

function told({ text, Plan, ...times }) {
  const lines = (plan, depth) => [
    `${'  '.repeat(depth)}${plan['Node Type']} ${plan['Relation Name'] ?? ''} ${plan['Index Name'] ?? ''} ` +
      `${plan['Actual Total Time']} ms, ${plan['Actual Rows']} rows × ${plan['Actual Loops']}, ` +
      `${plan['Shared Hit Blocks']} + ${plan['Shared Read Blocks']} blocks`,
    ...(plan.Plans ?? []).flatMap((inner) => lines(inner, depth + 1)),
  ]
  return `${text.replace(/\s+/g, ' ')}\n${lines(Plan, 1).join('\n')}\n  ${times['Execution Time']} ms\n`
}
