import { createReadStream, createWriteStream } from 'node:fs'
import { rename } from 'node:fs/promises'
import { pipeline as piped, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'

/** Readable by its owner alone, and under another name until it is whole. */
export async function pack(lines: AsyncIterable<string>, file: string): Promise<void> {
  const half = `${file}.part`
  await pipeline(Readable.from(lines), createGzip(), createWriteStream(half, { mode: 0o600 }))
  await rename(half, file)
}

/** The lines of a packed file. Nothing is read before they are asked for. @throws when it is not there, or damaged */
export async function* unpack(file: string): AsyncGenerator<string> {
  const unpacked = piped(createReadStream(file), createGunzip(), () => undefined).setEncoding('utf8')
  /** Of a line that is not at its end yet. */
  let begun: string[] = []
  try {
    for await (const piece of unpacked) {
      const [end, ...lines] = String(piece).split('\n')
      begun.push(end!)
      if (lines.length === 0) continue
      yield begun.join('')
      begun = [lines.pop()!]
      yield* lines
    }
  } catch (thrown) {
    const { code } = thrown as { code?: unknown }
    const isDamaged = typeof code === 'string' && code.startsWith('Z_')
    throw isDamaged ? new Error('This is no archive of Multilogue, or it is damaged.', { cause: thrown }) : thrown
  }
  const rest = begun.join('')
  if (rest) yield rest
}
