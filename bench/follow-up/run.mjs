/*
 * Measures the follow-up side on forums of growing size: every list and dashboard as the server answers it, and what
 * its database does for that. A scale of 1 is 20 rounds, 193 countries, 60,000 lines of the matrix, 40,000 actions of
 * plans, 200,000 reports, 300,000 measurements and 4,000 requests and offers.
 *
 *   --scales 0.0625,0.25,1   sizes, one after another
 *   --seed 1                 of what is made up
 *   --closed 50              per cent of what is left that each round closes
 *   --only <words>           only the questions whose name has them
 *   --scrolling           also the matrix in Chromium: its first row, and frames while it is scrolled
 *   --plans <file>           where the plans of all statements are written
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { measured } from './measure.mjs'
import { scrolled } from './scrolling.mjs'
import { table } from './table.mjs'
import { databaseWithWorld } from './world/database.mjs'

const { values: options } = parseArgs({
  options: {
    scales: { type: 'string', default: '0.0625,0.25,1' },
    seed: { type: 'string', default: '1' },
    closed: { type: 'string', default: '50' },
    only: { type: 'string' },
    plans: { type: 'string' },
    scrolling: { type: 'boolean', default: false },
  },
})
const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-bench-log-'))
const runs = []
const plans = []
try {
  for (const scale of options.scales.split(',').map(Number)) {
    const world = await databaseWithWorld({ scale, seed: Number(options.seed), closed: Number(options.closed) })
    try {
      console.log(
        `${scale}: ${Object.entries(world.counts)
          .map(([name, count]) => `${count} ${name}`)
          .join(', ')}`,
      )
      const { lines, rss } = await measured(world, { folder, only: options.only })
      console.log(`the server's memory after all: ${Math.round(rss)} MB`)
      runs.push({ scale, lines })
      if (options.scrolling) console.log(await scrolled(world, { folder }))
      plans.push(...lines.map((line) => `${scale} ${line.name}\n${line.plans.text}`))
    } finally {
      await world.stop()
    }
  }
  console.log(table(runs))
  if (options.plans) fs.writeFileSync(options.plans, plans.join('\n'))
} finally {
  fs.rmSync(folder, { recursive: true, force: true })
}
