import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/*
 * What a server and its database do to their files, written down by strace. It holds the process that calls at the
 * beginning and at the end of every call, until the line is in the file: nobody can have been told of a sync that the
 * trace does not know as finished. A call that others came between has two lines, and is done at the second.
 */
const CALLS = [
  ...['?open', '?creat', 'openat', 'chdir', 'ftruncate', 'fallocate', 'fsync', 'fdatasync'],
  ...['write', 'writev', 'pwrite64', 'pwritev', '?pwritev2'],
  ...['?rename', '?renameat', '?renameat2', '?unlink', 'unlinkat'],
]
const UNFINISHED = ' <unfinished ...>'
const LONGEST_BYTES = 2 ** 26

/**
 * What a server has to be started under, so that `file` tells what it does.
 * @throws Error where there is no strace
 */
export function tracing(file) {
  if (spawnSync('strace', ['-V']).status !== 0) {
    throw new Error('There is no strace here, without which nobody knows what was synced: no power can be cut.')
  }
  fs.rmSync(file, { force: true })
  // All strings come in hexadecimal (-xx), so that no byte of them can be mistaken for the trace's own signs.
  const form = ['-f', '--seccomp-bpf', '-qq', '-y', '-xx', '-s', String(LONGEST_BYTES), '-e', 'signal=none']
  return ['strace', ...form, '-e', `trace=${CALLS.join(',')}`, '-o', file]
}

/**
 * Does to a disk what the trace tells.
 * @returns Set of the names of files that were being written, made or removed when the end came
 */
export function replay(file, disk) {
  const doing = new Replay(disk)
  const begun = new Map()
  for (const line of linesOf(file)) {
    const pid = line.slice(0, line.indexOf(' '))
    const said = line.slice(pid.length).trimStart()
    if (said.startsWith('<... ')) {
      const call = begun.get(pid)
      begun.delete(pid)
      if (call !== undefined) doing.end(call, call.text + said.slice(said.indexOf('resumed>') + 'resumed>'.length))
    } else if (said.endsWith(UNFINISHED)) {
      begun.set(pid, doing.begin(said.slice(0, -UNFINISHED.length)))
    } else if (/^\w+\(/.test(said)) {
      doing.end(doing.begin(said), said)
    }
  }
  for (const call of begun.values()) doing.end(call, `${call.text}) = ?`)
  return doing.unknown
}

/** A trace has more bytes than one string can hold. */
function* linesOf(file) {
  const bytes = fs.readFileSync(file)
  for (let from = 0, to; (to = bytes.indexOf(10, from)) >= 0; from = to + 1) yield bytes.latin1Slice(from, to)
}

class Replay {
  unknown = new Set()
  #disk
  /** Of the database's processes, the only ones that name files from where they are. */
  #directory = ''
  /** Where in a file the next write goes that does not say so itself; Infinity: to its end. */
  #positions = new Map()

  constructor(disk) {
    this.#disk = disk
  }

  begin(text) {
    const name = text.slice(0, text.indexOf('('))
    const file = fileOf(text)
    const isSync = (name === 'fsync' || name === 'fdatasync') && file !== undefined && this.#disk.has(file)
    return { name, text, finish: isSync ? this.#disk.beginSync(file) : undefined }
  }

  end({ name, finish }, text) {
    const [, result, opened] = /\) += (-?\d+|\?)(?:<([^>]*)>)?[^=]*$/.exec(text.slice(text.lastIndexOf(') '))) ?? []
    const isUnknown = result === '?'
    if (result === undefined || Number(result) < 0) return
    const touched = this.#touchedBy(name, text, opened)
    if (!touched.some((each) => this.#disk.has(each)) && name !== 'chdir') return
    if (isUnknown) touched.forEach((each) => this.unknown.add(each))
    else if (finish !== undefined) finish()
    else this.#do(name, touched, text, Number(result))
  }

  #touchedBy(name, text, opened) {
    if (/^(open|openat|creat)$/.test(name)) return opened === undefined ? this.#named(text) : [plain(opened)]
    if (/^(rename|unlink|chdir)/.test(name)) return this.#named(text)
    const file = fileOf(text)
    return file === undefined ? [] : [file]
  }

  #named(text) {
    return [...text.matchAll(/"([^"]*)"/g)].map(([, quoted]) => path.resolve(this.#directory || '/', plain(quoted)))
  }

  #do(name, [file, other], text, result) {
    const disk = this.#disk
    if (name === 'chdir') this.#directory = disk.has(file) ? file : this.#directory
    else if (name.startsWith('rename')) disk.rename(file, other)
    else if (name.startsWith('unlink')) disk.remove(file)
    else if (/^(open|openat|creat)$/.test(name)) this.#open(file, text)
    else if (name === 'ftruncate') disk.resize(file, numbersOf(text)[0])
    else if (name === 'fallocate') this.#allocate(file, text)
    else this.#write(name, file, text, result)
  }

  #open(file, text) {
    const flags = text.slice(text.lastIndexOf('"'))
    const isMade = /O_CREAT/.test(flags) || text.startsWith('creat')
    if (isMade) this.#disk.make(file)
    if (/O_TRUNC/.test(flags) || text.startsWith('creat')) this.#disk.resize(file, 0)
    if (isMade || /O_WRONLY|O_RDWR/.test(flags)) this.#positions.set(file, /O_APPEND/.test(flags) ? Infinity : 0)
  }

  #allocate(file, text) {
    const [mode, from, length] = numbersOf(text)
    if (mode !== 0) throw new Error(`This cannot be followed: ${text}.`)
    if (from + length > (this.#disk.lengthOf(file) ?? 0)) this.#disk.resize(file, from + length)
  }

  #write(name, file, text, result) {
    const data = dataOf(text).subarray(0, result)
    if (data.length < result) throw new Error(`The trace has ${data.length} of ${result} bytes written to ${file}.`)
    const place = numbersOf(text)[1]
    if (name.startsWith('pwrite')) return this.#disk.write(file, place, data)
    const position = this.#positions.get(file) ?? 0
    this.#disk.write(file, position === Infinity ? (this.#disk.lengthOf(file) ?? 0) : position, data)
    this.#positions.set(file, position + result)
  }
}

/** Hexadecimal as strace writes it, `\x2f\x74`. */
const bytesOf = (quoted) => Buffer.from(quoted.replaceAll('\\x', ''), 'hex')
const plain = (quoted) => bytesOf(quoted).toString()

/** Name of the file that the call's first argument is open on; undefined when it has been removed. */
function fileOf(text) {
  const [, quoted] = /^\w+\(\d+<((?:\\x[0-9a-f]{2})+)>(?!\(deleted)/.exec(text) ?? []
  return quoted === undefined ? undefined : plain(quoted)
}

/** Numbers after the last string, array or file of the arguments. */
function numbersOf(text) {
  const end = text.lastIndexOf(') ')
  const from = Math.max(...['"', ']', '>'].map((sign) => text.lastIndexOf(sign, end)))
  const [, ...numbers] = text.slice(from + 1, end).split(',')
  return numbers.map(Number)
}

function dataOf(text) {
  const isList = text.indexOf('[') >= 0 && text.indexOf('[') < text.indexOf('"')
  if (!isList) return bytesOf(text.slice(text.indexOf('"') + 1, text.lastIndexOf('"')))
  return Buffer.concat([...text.matchAll(/iov_base="([^"]*)"/g)].map(([, quoted]) => bytesOf(quoted)))
}
