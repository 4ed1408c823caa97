import path from 'node:path'
import { incompletePackages, missingLines, unusedOrUnlisted } from './dependencies.mjs'
import { run, tool } from './programs.mjs'
import { root, say, seconds } from './say.mjs'

const client = path.join(root, 'client')

const lint = (...what) => words([tool('eslint', 'eslint'), '--max-warnings', '0', ...what])

const list = [
  // Two halves: the slowest of all checks, and two run at a time.
  ['the code of the pages passes the linter', () => lint('client')],
  ['all other code passes the linter', () => lint('.', '--ignore-pattern', 'client/')],
  [
    'the pages have neither type errors nor warnings',
    () => words([tool('svelte-check', 'svelte-check'), '--fail-on-warnings', '--output', 'human'], client),
  ],
  ['the tests have no type errors', () => words([tool('typescript', 'tsc'), '-p', 'test/tsconfig.json', '--noEmit'])],
  [
    'the service worker has no type errors',
    () => words([tool('typescript', 'tsc'), '-p', 'client/src/service-worker/tsconfig.json']),
  ],
  ['the files are formatted', () => words([tool('prettier', 'prettier'), '--check', '--log-level', 'warn', '.'])],
  ['every dependency is used, and everything used is listed', unusedOrUnlisted],
  ['package-lock.json is complete for every platform', incompletePackages],
  ['every dependency has its line in docs/dependencies.md', missingLines],
]

/** Runs the checks of the code itself, two at a time. @returns results, see test.mjs */
export async function checks() {
  say('\nChecking the code...')
  // The pages' type settings are generated.
  const prepared = await words([tool('@sveltejs/kit', 'svelte-kit'), 'sync'], client)
  if (prepared) return [{ name: 'svelte-kit sync', ok: false, ms: 0, message: prepared }]
  const results = []
  const queue = [...list]
  const worker = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) results.push(await check(...next))
  }
  await Promise.all([worker(), worker()])
  return results
}

async function check(name, findProblem) {
  const started = Date.now()
  const message = await findProblem().catch((error) => String(error?.stack ?? error))
  const ms = Date.now() - started
  say(`${message ? '✗' : '✓'} ${name} (${seconds(ms)})`)
  return { name, ok: !message, ms, message }
}

/** @returns what a program complains of; empty when it is content */
async function words(args, cwd = root) {
  const { code, output, late } = await run(args, { cwd, capture: true, limit: 5 * 60_000 })
  if (code === 0) return ''
  return late ? `It did not end within 5 minutes.\n${output}` : output.trim() || `It ended with code ${code}.`
}
