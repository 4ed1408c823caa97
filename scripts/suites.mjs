import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { run, tool } from './programs.mjs'
import { plain, root, say } from './say.mjs'

const MINUTE = 60_000

/** Runs the API, realtime and unit tests. @returns results, see test.mjs */
export async function runJest(pattern, env) {
  say('\nRunning the server tests...')
  return withReport('Jest', 30 * MINUTE, readJest, (report) => ({
    args: [
      // Jest runs ES modules only with this flag of Node.
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      tool('jest', 'jest'),
      '--json',
      `--outputFile=${report}`,
      ...(pattern ? [pattern, '--passWithNoTests'] : []),
    ],
    env,
  }))
}

/** Runs the tests that use real browsers. @returns results, see test.mjs */
export async function runBrowserTests(pattern, env) {
  say('\nRunning the browser tests...')
  return withReport('Playwright', 45 * MINUTE, readPlaywright, (report) => ({
    args: [tool('@playwright/test', 'playwright'), 'test', ...(pattern ? [pattern, '--pass-with-no-tests'] : [])],
    env: { ...env, E2E_REPORT: report },
  }))
}

async function withReport(name, limit, read, prepare) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-report-'))
  const file = path.join(folder, 'report.json')
  const started = Date.now()
  try {
    const { args, env } = prepare(file)
    const { code, late } = await run(args, { env, limit })
    const results = fs.existsSync(file) ? read(JSON.parse(fs.readFileSync(file, 'utf8'))) : []
    const crashed = code !== 0 && results.every((result) => result.ok)
    if (late || crashed) {
      const message = late
        ? `It did not end within ${limit / MINUTE} minutes and was stopped.`
        : `It ended with code ${code} although no test of it had failed; its words are above.`
      results.push({ name, ok: false, ms: Date.now() - started, message })
    }
    return results
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

function readJest(report) {
  return report.testResults.flatMap((file) => {
    const name = path.relative(root, file.name)
    const results = file.assertionResults
      .filter((test) => ['passed', 'failed'].includes(test.status))
      .map((test) => ({
        name: `${name}: ${test.fullName}`,
        ok: test.status === 'passed',
        ms: test.duration ?? 0,
        message: plain(test.failureMessages.join('\n')),
      }))
    // A file that could not be loaded, or failed outside its tests.
    if (file.status === 'failed' && results.every((result) => result.ok)) {
      results.push({ name, ok: false, ms: file.endTime - file.startTime || 0, message: plain(file.message) })
    }
    return results
  })
}

function readPlaywright(report) {
  const results = report.suites.flatMap((suite) => readSuite(suite, []))
  for (const error of report.errors) {
    results.push({
      name: 'Playwright',
      ok: false,
      ms: 0,
      message: plain(error.message ?? String(error.value)),
    })
  }
  return results
}

function readSuite(suite, above) {
  const names = [...above, suite.title]
  const own = suite.specs.flatMap((spec) =>
    spec.tests
      .filter((test) => test.status !== 'skipped')
      .map((test) => ({
        name: [...names, spec.title].join(' › '),
        ok: test.status === 'expected',
        ms: test.results.reduce((sum, result) => sum + result.duration, 0),
        message: plain(test.results.flatMap(({ errors }) => errors.map((error) => error.message ?? '')).join('\n')),
        shown: test.results.map(shownAfter).join('\n'),
      })),
  )
  return [...own, ...(suite.suites ?? []).flatMap((inner) => readSuite(inner, names))]
}

/** What stood on the page when the test failed: not everybody who reads the report can open the picture. */
function shownAfter({ attachments }) {
  const file = attachments.find(({ name }) => name === 'error-context')?.path
  if (!file || !fs.existsSync(file)) return ''
  return fs.readFileSync(file, 'utf8').split('# Page snapshot')[1]?.split('# Test source')[0] ?? ''
}
