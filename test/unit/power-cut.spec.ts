import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'

/* The disk that the benchmark cuts the power of (bench/collab): a trace as strace writes it, and what is left. */

interface Disk {
  check(unknown: Set<string>): void
  cut(): void
}
const bench = async <T>(file: string): Promise<T> => (await import(`../../bench/collab/${file}`)) as T
const { Disk } = await bench<{ Disk: new (folder: string) => Disk }>('disk.mjs')
const { replay } = await bench<{ replay: (file: string, disk: Disk) => Set<string> }>('trace.mjs')

let root: string
let folder: string
beforeEach(() => {
  root = fs.mkdtempSync(path.join(os.tmpdir(), 'multilogue-cut-'))
  folder = path.join(root, 'data')
  fs.mkdirSync(folder)
  fs.writeFileSync(at('log'), '----')
})
afterEach(() => {
  fs.rmSync(root, { recursive: true })
})

const at = (name: string): string => path.join(folder, name)
const hex = (text: string): string =>
  [...Buffer.from(text)].map((b) => `\\x${b.toString(16).padStart(2, '0')}`).join('')
const onFile = (name: string): string => `5<${hex(name === '.' ? folder : at(name))}>`
const writes = (name: string, place: number, text: string): string =>
  `pwrite64(${onFile(name)}, "${hex(text)}", ${text.length}, ${place}`
const syncs = (name: string): string => `fdatasync(${onFile(name)}`
const makes = (name: string): string =>
  `7 openat(AT_FDCWD<${hex('/')}>, "${hex(at(name))}", O_RDWR|O_CREAT, 0600) = ${onFile(name)}`
const renames = (from: string, to: string): string => `7 rename("${hex(at(from))}", "${hex(at(to))}") = 0`

function traced(lines: string[]): { disk: Disk; unknown: Set<string> } {
  const trace = path.join(root, 'trace')
  fs.writeFileSync(trace, lines.map((line) => `${line}\n`).join(''))
  const disk = new Disk(folder)
  return { disk, unknown: replay(trace, disk) }
}

function leftOf(lines: string[]): Record<string, string> {
  traced(lines).disk.cut()
  return Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(at(name), 'utf8')]))
}

describe('a power cut', () => {
  it('takes what no sync followed', () => {
    const lines = [`7 ${writes('log', 0, 'ab')}) = 2`, `7 ${syncs('log')}) = 0`, `7 ${writes('log', 2, 'cd')}) = 2`]
    expect(leftOf(lines)).toEqual({ log: 'ab--' })
  })

  it('leaves a page that was written again as it was when it was synced', () => {
    const lines = [`7 ${writes('log', 0, 'ab')}) = 2`, `7 ${syncs('log')}) = 0`, `7 ${writes('log', 0, 'cde')}) = 3`]
    expect(leftOf(lines)).toEqual({ log: 'ab--' })
  })

  it.each([
    ['has not returned', []],
    ['was killed', ['7 <... fdatasync resumed>) = ?']],
    ['failed', ['7 <... fdatasync resumed>) = -1 EIO (Input/output error)']],
  ])('does not count a sync that %s', (_, end) => {
    expect(leftOf([`7 ${writes('log', 0, 'ab')}) = 2`, `7 ${syncs('log')} <unfinished ...>`, ...end])).toEqual({
      log: '----',
    })
  })

  it('does not count for a sync what was written after it had begun', () => {
    const lines = [
      `7 ${writes('log', 0, 'a')}) = 1`,
      `8 ${writes('log', 1, 'b')} <unfinished ...>`,
      `7 ${syncs('log')} <unfinished ...>`,
      '8 <... pwrite64 resumed>) = 1',
      '7 <... fdatasync resumed>) = 0',
    ]
    expect(leftOf(lines)).toEqual({ log: 'a---' })
  })

  it('takes a name whose directory was not synced, with all that was synced in it', () => {
    const filled = [makes('next'), `7 ${writes('next', 0, 'ab')}) = 2`, `7 ${syncs('next')}) = 0`]
    expect(leftOf([...filled, renames('log', 'old')])).toEqual({ log: '----' })
    expect(leftOf([...filled, renames('log', 'old'), `7 fsync(${onFile('.')}) = 0`])).toEqual({
      old: '----',
      next: 'ab',
    })
  })

  it('is not believed when a file is otherwise than the trace tells', () => {
    const { disk, unknown } = traced([`7 ${writes('log', 0, 'ab')}) = 2`])
    expect(() => disk.check(unknown)).toThrow('log')
    fs.writeFileSync(at('log'), 'ab--')
    expect(() => disk.check(unknown)).not.toThrow()
  })

  it('does not judge a file that was being written when the end came', () => {
    const { disk, unknown } = traced([`7 ${writes('log', 0, 'ab')} <unfinished ...>`])
    expect([...unknown]).toEqual([at('log')])
    expect(() => disk.check(unknown)).not.toThrow()
  })
})
