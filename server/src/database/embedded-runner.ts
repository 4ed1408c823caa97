import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/*
 * PostgreSQL refuses to run as root. As root we therefore run it, in this order of preference,
 *   1. in a user namespace in which root is called "nobody": files stay root's and every folder is reachable;
 *   2. as the user nobody who keeps the right to pass closed folders (most containers refuse 1);
 *   3. as plain nobody, which needs folders that everybody may enter.
 */

export interface Runner {
  /** who the files of the database must belong to; undefined = they need no care */
  uid: number | undefined
  /** starts a program in a session of its own; both its outputs go to the open file `output` */
  spawn: (program: string, args: string[], output: number) => ChildProcess
  /** runs a program to its end; `output` is everything it said */
  run: (program: string, args: string[]) => { ok: boolean; output: string }
}

const NOBODY = 65534

/** @throws Error with a sentence when no way is found to run the program (only as root) */
export function chooseRunner(program: string): Runner {
  const self = process.getuid?.()
  if (self !== 0) return runner(self, [])
  const ids = [`--map-user=${NOBODY}`, `--map-group=${NOBODY}`]
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']
  const rights = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override']
  const candidates = [
    runner(0, ['unshare', '--user', ...ids, '--']),
    runner(NOBODY, ['setpriv', ...user, ...rights, '--']),
    runner(NOBODY, [], { uid: NOBODY, gid: NOBODY }),
  ]
  const found = candidates.find((candidate) => candidate.run(program, ['--version']).ok)
  if (found) return found
  throw new Error(
    'The embedded database does not run as root here. Start Multilogue as an ordinary user, ' +
      'put it into a folder that every user may enter, or set DATABASE_URL to a database of your own.',
  )
}

function runner(uid: number | undefined, prefix: string[], identity: { uid?: number; gid?: number } = {}): Runner {
  const command = (program: string, args: string[]): [string, string[]] => {
    const [first = program, ...rest] = [...prefix, program, ...args]
    return [first, rest]
  }
  // PG* variables of the person's shell would change what the database does.
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'))
  const env = { ...Object.fromEntries(inherited), LC_ALL: 'C', TZ: 'UTC' }
  return {
    uid,
    spawn: (program, args, output) =>
      spawn(...command(program, args), {
        cwd: '/',
        env,
        detached: true,
        stdio: ['ignore', output, output],
        ...identity,
      }),
    run: (program, args) => {
      const result = spawnSync(...command(program, args), {
        cwd: '/',
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        ...identity,
      })
      return {
        ok: result.status === 0,
        output: result.error ? result.error.message : `${result.stdout}${result.stderr}`.trim(),
      }
    },
  }
}

/**
 * Makes a file, or a folder with all it holds, belong to the user the database runs as.
 * @throws Error with a sentence when it belongs to somebody else and we may not change that
 */
export function giveTo(runner: Runner, target: string): void {
  const owner = fs.statSync(target).uid
  if (runner.uid === undefined || owner === runner.uid) return
  if (process.getuid?.() !== 0) {
    throw new Error(
      `${target} belongs to another user (number ${owner}). ` +
        'Start Multilogue as that user, or set DATA_DIR to another folder.',
    )
  }
  chownAll(target, runner.uid)
}

function chownAll(target: string, uid: number): void {
  if (fs.lstatSync(target).isDirectory()) {
    for (const entry of fs.readdirSync(target)) chownAll(path.join(target, entry), uid)
  }
  fs.lchownSync(target, uid, uid)
}
