import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { plain, root } from './say.mjs'

const running = new Set()
const cleanups = new Set()
let successors = []

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, async () => {
    if (successors.length > 0) {
      for (const child of successors) child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal)
      return
    }
    for (const child of running) end(child)
    for (const cleanup of cleanups) await cleanup()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  })
}

// npm runs us through a shell, and neither hands on every request to stop: notice when one of them is gone.
if (process.env.npm_lifecycle_event) {
  const above = ancestors()
  const watch = setInterval(() => {
    if (ancestors() === above) return
    clearInterval(watch)
    process.kill(process.pid, 'SIGTERM')
  }, 300)
  watch.unref()
}

/** The shell and, where the system shows it, the npm above it. */
function ancestors() {
  let npm = ''
  try {
    npm = /^PPid:\s*(\d+)/m.exec(fs.readFileSync(`/proc/${process.ppid}/status`, 'utf8'))?.[1]
  } catch {
    // not shown here, or gone a moment ago
  }
  return `${process.ppid} ${npm}`
}

/** From now on a request to stop is the children's business: this process ends when they have ended. */
export function handSignalsTo(children) {
  successors = children
}

/** Registers work to do when the person stops the command early. @returns a function that takes it back */
export function whenStopped(cleanup) {
  cleanups.add(cleanup)
  return () => cleanups.delete(cleanup)
}

/**
 * Runs a Node program to its end, with everything it starts.
 * @param args  the file, from the project folder, and its arguments
 * @param options.capture  collect what it says instead of showing it
 * @param options.limit  milliseconds after which it is ended; none by default
 * @returns {Promise<{ code: number, output: string, late: boolean }>} code is 1 when it was ended by a signal
 */
export function run(args, { cwd = root, env = {}, capture = false, limit, command = process.execPath } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', capture ? 'pipe' : 'inherit', capture ? 'pipe' : 'inherit'],
      // A group of its own, so that its workers and browsers end with it.
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32' && command === 'npm',
    })
    running.add(child)
    let output = ''
    let late = false
    child.stdout?.on('data', (data) => (output += data))
    child.stderr?.on('data', (data) => (output += data))
    const timer = setTimeout(
      () => {
        late = true
        end(child, 'SIGKILL')
      },
      limit ?? 2 ** 31 - 1,
    )
    child.once('error', reject)
    child.once(capture ? 'close' : 'exit', (code) => {
      clearTimeout(timer)
      running.delete(child)
      resolve({ code: code ?? 1, output: plain(output), late })
    })
  })
}

function end(child, signal = 'SIGTERM') {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(child.pid), '/t', '/f'])
    return
  }
  try {
    process.kill(-child.pid, signal)
  } catch {
    // it has ended by itself
  }
}

/** The file behind a command that an installed package offers, e.g. tool('typescript', 'tsc'). */
export function tool(packageName, command) {
  const homes = [root, path.join(root, 'client'), path.join(root, 'server')]
  const home = homes
    .map((folder) => path.join(folder, 'node_modules', packageName))
    .find((folder) => fs.existsSync(path.join(folder, 'package.json')))
  if (!home) throw new Error(`The package ${packageName} is not installed.`)
  const { bin } = JSON.parse(fs.readFileSync(path.join(home, 'package.json'), 'utf8'))
  return path.join(home, typeof bin === 'string' ? bin : bin[command])
}
