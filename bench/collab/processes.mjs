import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/*
 * Servers run on one core and the load generator on another, so that neither takes time from the other. What a
 * server costs is read from /proc: the user and system time of its process and of everything it started.
 */
const SERVER_CORE = 0
const GENERATOR_CORE = 1
const START_LIMIT_MS = 120_000
/** Unit of the times in /proc/<pid>/stat; the same on every Linux that people use. */
const TICKS_PER_SECOND = 100

export const canPin = spawnSync('taskset', ['--version']).status === 0

/** A Node process on the generator's core. */
export const generatorCommand = (args) => pinned(GENERATOR_CORE, args)

/** This process itself, for a program that is its own generator. */
export function pinToGeneratorCore() {
  if (canPin) spawnSync('taskset', ['-pc', String(GENERATOR_CORE), String(process.pid)])
}

function pinned(core, args, under = []) {
  const command = [...under, process.execPath, ...args]
  return canPin ? ['taskset', '-c', String(core), ...command] : command
}

/**
 * Starts a server and waits until it says `ready: <address>`.
 * @param under  a program that starts it, watches, and ends with it
 * @returns {address, tree}
 */
export async function startServer(args, { env = {}, log, under } = {}) {
  const profile = process.env.BENCH_PROFILE
  const profiling = profile ? ['--cpu-prof', `--cpu-prof-dir=${profile}`] : []
  const [program, ...rest] = pinned(SERVER_CORE, [...profiling, ...args], under)
  const output = log === undefined ? 'ignore' : fs.openSync(log, 'a')
  const child = spawn(program, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', output] })
  const address = await new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => reject(new Error(`no answer from the server: ${said}`)), START_LIMIT_MS)
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)))
    child.stdout.on('data', (chunk) => {
      said += chunk
      const ready = /ready: (\S+)/.exec(said)
      if (ready === null) return
      clearTimeout(timer)
      resolve(ready[1])
    })
  })
  child.stdout.removeAllListeners('data')
  child.stdout.resume()
  const pid = under === undefined ? child.pid : processesFrom(child.pid)[1]
  return { address, tree: new ProcessTree(child, pid) }
}

/** Seconds of processor time that all programs together have used, user and system. */
export function machineCpu() {
  const [, user, nice, system] = fs.readFileSync('/proc/stat', 'utf8').split('\n')[0].split(/\s+/).map(Number)
  return (user + nice + system) / TICKS_PER_SECOND
}

/** A server's process and all that it has started. */
class ProcessTree {
  #child
  #pid

  /**
   * @param child  what was started
   * @param pid  the server itself; not the child's where a program watches it
   */
  constructor(child, pid) {
    this.#child = child
    this.#pid = pid
  }

  /**
   * Seconds of processor time so far, user and system: of all, and of those that the server's own process started
   * (its database). What has ended meanwhile counts with its parent.
   */
  cpu() {
    const sum = (stat, fields) => fields.reduce((ticks, at) => ticks + Number(stat?.[at] ?? 0), 0)
    const [main, ...started] = processesFrom(this.#pid).map(statOf)
    const own = sum(main, [11, 12])
    const all = [main, ...started].reduce((ticks, stat) => ticks + sum(stat, [11, 12, 13, 14]), 0)
    return { all: all / TICKS_PER_SECOND, started: (all - own) / TICKS_PER_SECOND }
  }

  /** Resident memory of the server's own process, without its database, in MB (10^6 bytes). */
  rss() {
    const status = fs.readFileSync(`/proc/${this.#pid}/status`, 'utf8')
    return (Number(/VmRSS:\s+(\d+)/.exec(status)[1]) * 1024) / 1e6
  }

  async stop() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return
    const pids = processesFrom(this.#pid)
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    process.kill(this.#pid, 'SIGTERM')
    const timer = setTimeout(() => pids.forEach(killOne), 30_000)
    await ended
    clearTimeout(timer)
  }

  /** `kill -9` of the server and its database in one go. */
  async kill() {
    const pids = processesFrom(this.#pid)
    const ended = new Promise((resolve) => this.#child.once('exit', resolve))
    pids.forEach(killOne)
    await ended
    while (pids.some((pid) => isRunning(pid))) await sleep(5)
  }
}

/** A process and all that it has started, and they. */
function processesFrom(pid) {
  const parents = new Map()
  for (const name of fs.readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = statOf(name)
    if (fields !== null) parents.set(Number(name), Number(fields[1]))
  }
  const found = [pid]
  for (const each of found) for (const [child, parent] of parents) if (parent === each) found.push(child)
  return found
}

/** Fields of /proc/<pid>/stat from the third on (state, parent ...); null when the process is gone. */
function statOf(pid) {
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}

const isRunning = (pid) => !['Z', undefined].includes(statOf(pid)?.[0])

function killOne(pid) {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
