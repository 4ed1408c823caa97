import { execFileSync, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { startStandIn } from './redis-stand-in.js'

export interface RedisServer {
  url: string
  /** `stand-in`: no Redis could be had on this machine. */
  kind: 'redis' | 'stand-in'
  stop(): Promise<void>
}

const cache = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../.cache/redis')

/**
 * A Redis of one's own: REDIS_SERVER, an installed redis-server or valkey-server, or Debian's, unpacked into .cache
 * without being installed. On a machine that has none of these, a stand-in that speaks as much of its protocol as
 * the bus uses.
 */
export async function startRedis(port?: number): Promise<RedisServer> {
  const program = findInstalled() ?? unpackDebians()
  if (program === undefined) return { ...(await startStandIn(port)), kind: 'stand-in' }
  const at = port ?? (await freePort())
  const server = spawn(program, ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'], {
    stdio: 'ignore',
    env: { ...process.env, LD_LIBRARY_PATH: path.join(cache, 'usr/lib/x86_64-linux-gnu') },
  })
  await answering(at)
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()))
  return {
    url: `redis://127.0.0.1:${at}`,
    kind: 'redis',
    stop: () => {
      server.kill('SIGKILL')
      return ended
    },
  }
}

function findInstalled(): string | undefined {
  if (process.env.REDIS_SERVER) return process.env.REDIS_SERVER
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  return ['redis-server', 'valkey-server']
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find((file) => existsSync(file))
}

/** Lists and packages go into folders of our own, so that it needs no rights. */
function unpackDebians(): string | undefined {
  const program = path.join(cache, 'usr/bin/redis-server')
  if (existsSync(program)) return program
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const draft = `${cache}.${process.pid}`
  try {
    for (const folder of ['state/lists/partial', 'cache/archives/partial']) {
      mkdirSync(path.join(draft, folder), { recursive: true })
    }
    const apt = (...words: string[]) =>
      execFileSync(
        'apt-get',
        ['-o', `Dir::State=${draft}/state`, '-o', `Dir::Cache=${draft}/cache`, '-o', 'Debug::NoLocking=1', ...words],
        { cwd: draft, stdio: 'ignore', timeout: 60_000 },
      )
    apt('update')
    apt('download', 'redis-tools', 'libjemalloc2', 'liblzf1')
    for (const file of readdirSync(draft).filter((name) => name.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['--extract', path.join(draft, file), draft], { stdio: 'ignore' })
    }
    // One program under several names; which it is called by makes it the server.
    symlinkSync('redis-check-rdb', path.join(draft, 'usr/bin/redis-server'))
    rmSync(path.join(draft, 'state'), { recursive: true })
    rmSync(path.join(draft, 'cache'), { recursive: true })
    // Renamed when it is whole, so that an interrupted run leaves nothing that looks finished.
    renameSync(draft, cache)
    return existsSync(program) ? program : undefined
  } catch {
    rmSync(draft, { recursive: true, force: true })
    return undefined
  }
}

async function freePort(): Promise<number> {
  const server = net.createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as net.AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

async function answering(port: number): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = net.connect(port, '127.0.0.1', () => resolve(true))
      socket.on('error', () => setTimeout(resolve, 50, false))
      socket.on('connect', () => socket.destroy())
    })
    if (isThere) return
  }
  throw new Error('Redis did not start.')
}
