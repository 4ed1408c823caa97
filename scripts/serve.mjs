import { spawn } from 'node:child_process'
import os from 'node:os'
import { handSignalsTo } from './programs.mjs'
import { root } from './say.mjs'

/**
 * Runs the built server in this terminal until it ends.
 * The request to stop is handed on; after Ctrl-C the server hears it twice, from the terminal and from here.
 * @returns its exit code, 128 + number of the signal when a signal ended it
 */
export function serve({ args = ['server/dist/main.js'], env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const server = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: 'inherit',
    })
    handSignalsTo([server])
    server.once('error', reject)
    server.once('exit', (code, signal) => resolve(code ?? 128 + (os.constants.signals[signal] ?? 0)))
  })
}
