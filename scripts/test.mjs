import { build } from './build.mjs'
import { checks } from './checks.mjs'
import { install } from './install.mjs'
import { fail, say, seconds, Trouble } from './say.mjs'
import { runBrowserTests, runJest } from './suites.mjs'
import { withTestDatabase } from './test-database.mjs'

/*
 * npm test                         everything
 * npm test -- recommendations      the tests whose file matches, without the checks
 * npm test -- --only=checks        one part alone: checks, jest or e2e
 *
 * A result is { name, ok, ms, message, shown }, the last two of what failed. Whatever goes wrong, a crash of a runner included, is a failed
 * result, and the last line is always "N passed, N failed".
 */

const parts = ['checks', 'jest', 'e2e']

/** @returns the exit code: 0 when at least one test ran and none failed */
export async function test(args) {
  const results = []
  try {
    await runParts(parse(args), results)
  } catch (error) {
    fail(error)
    results.push({ name: 'the test run itself', ok: false, ms: 0, message: String(error?.message ?? error) })
  }
  return report(results)
}

function parse(args) {
  const only = args.find((arg) => arg.startsWith('--only='))?.slice('--only='.length)
  if (only && !parts.includes(only)) throw new Trouble(`--only takes one of: ${parts.join(', ')}.`)
  const pattern = args.find((arg) => !arg.startsWith('--'))
  return { pattern, wants: (part) => (only ? part === only : !pattern || part !== 'checks') }
}

async function runParts({ pattern, wants }, results) {
  await install()
  const built = await buildResult()
  results.push(built)
  if (wants('checks')) results.push(...(await checks()))
  if (!built.ok || !(wants('jest') || wants('e2e'))) return
  await withTestDatabase(async (env) => {
    if (wants('jest')) results.push(...(await runJest(pattern, env)))
    if (wants('e2e')) results.push(...(await runBrowserTests(pattern, env)))
  })
}

async function buildResult() {
  const started = Date.now()
  try {
    await build()
    return { name: 'build', ok: true, ms: Date.now() - started }
  } catch (error) {
    fail(error)
    return { name: 'build', ok: false, ms: Date.now() - started, message: error.message }
  }
}

function report(results) {
  const failed = results.filter((result) => !result.ok)
  const passed = results.length - failed.length
  // The build alone is no test run.
  const nothing = passed <= 1 && failed.length === 0 && results.every((result) => result.name === 'build')
  if (nothing) failed.push({ name: 'nothing was tested', ms: 0, message: 'No test matched.' })
  if (failed.length > 0) say('\nWhat failed:')
  for (const { name, ms, message = '', shown = '' } of failed) {
    say(`\n✗ ${name} (${seconds(ms)})`)
    sayFirst(30, message)
    if (shown) sayFirst(150, shown)
  }
  say(`\n${passed} passed, ${failed.length} failed`)
  return failed.length === 0 ? 0 : 1
}

function sayFirst(limit, words) {
  const lines = words.trim().split('\n')
  for (const line of lines.slice(0, limit)) say(`    ${line}`)
  if (lines.length > limit) say(`    ... and ${lines.length - limit} more lines`)
}
