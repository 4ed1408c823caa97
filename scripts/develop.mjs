import { spawn } from 'node:child_process'
import path from 'node:path'
import { build } from './build.mjs'
import { handSignalsTo, tool } from './programs.mjs'
import { root, say } from './say.mjs'

/** Runs compiler, server and pages side by side, each starting over when its sources change. */
export async function develop() {
  await build({ client: false })
  say('Pages that follow your changes: http://localhost:5173 (the server itself is on PORT, 3000 by default).')
  const parts = [
    [tool('typescript', 'tsc'), '-b', '--watch', '--preserveWatchOutput'],
    ['--watch', '--watch-preserve-output', 'server/dist/main.js'],
    [tool('vite', 'vite'), 'dev'],
  ]
  const children = parts.map((args, index) =>
    spawn(process.execPath, args, {
      cwd: index === 2 ? path.join(root, 'client') : root,
      stdio: ['ignore', 'inherit', 'inherit'],
    }),
  )
  handSignalsTo(children)
  const codes = await Promise.all(
    children.map(
      (child) =>
        new Promise((resolve) => {
          child.once('exit', (code) => {
            // One part alone is of no use.
            children.forEach((other) => other.kill('SIGTERM'))
            resolve(code ?? 0)
          })
        }),
    ),
  )
  return Math.max(...codes)
}
