import fs from 'node:fs'
import path from 'node:path'
import { fingerprint, stamp } from './fingerprint.mjs'
import { run, tool } from './programs.mjs'
import { root, step, Trouble } from './say.mjs'

const clientSources = [
  ...[
    'src',
    'static',
    'package.json',
    'tsconfig.json',
    'svelte.config.js',
    'vite.config.ts',
    'contracts-of-browser.ts',
  ].map((name) => `client/${name}`),
  'shared/src',
  'package-lock.json',
]

/** Builds what has changed since the last time: the server always asks the compiler, the client its stamp. */
export async function build({ client = true } = {}) {
  await buildServer()
  if (client) await buildClient()
}

async function buildServer() {
  // The compiler's notes lie beside the sources: without its output they would claim that all is done.
  const outputs = ['shared/dist', 'migrations/dist', 'server/dist/main.js']
  const whole = outputs.every((output) => fs.existsSync(path.join(root, output)))
  await step(whole ? 'Checking that the server is built' : 'Building the server (about 10 seconds)', () =>
    mustRun('The server could not be built', [tool('typescript', 'tsc'), '-b', ...(whole ? [] : ['--force'])]),
  )
}

async function buildClient() {
  const wanted = fingerprint(clientSources)
  const done = stamp('node_modules/.multilogue-client')
  if (done.matches(wanted) && fs.existsSync(path.join(root, 'client/build/index.html'))) return
  await step('Building the web pages (about 15 seconds)', () =>
    mustRun('The web pages could not be built', [tool('vite', 'vite'), 'build', '--logLevel', 'warn'], {
      cwd: path.join(root, 'client'),
    }),
  )
  done.write(wanted)
}

async function mustRun(sentence, args, options = {}) {
  const { code, output } = await run(args, { ...options, capture: true })
  if (code !== 0) throw new Trouble(`${sentence}:\n${output.trim()}`)
}
