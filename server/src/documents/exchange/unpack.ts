import { Unzip, UnzipInflate } from 'fflate'
import { Refusal } from '../../common/problem.js'

/** Entries of an archive, all told. Word writes a few dozen, and one for each picture. */
const ENTRIES = 2_000
/** Bytes of all parts that are read, when inflated; two hundred pages take about five million. */
const INFLATED = 64 * 1024 * 1024
/** Inflated bytes for one byte of the file. Word's own XML reaches about twenty. */
const RATIO = 200
/** Bytes that are inflated at a time, so that too much is noticed before it fills the memory. */
const STEP = 16 * 1024

/**
 * The wanted parts of a zip archive. What its directory says of sizes is not believed: bytes are counted as they come.
 * @param unreadable  how a damaged one is refused
 * @throws Refusal `too-large` for what grows beyond reason
 */
export function unpack(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  unreadable: 'unreadable-file' | 'unreadable-sheet' = 'unreadable-file',
): Map<string, Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) throw new Refusal(unreadable, 'It is no archive.')
  const chunks = new Map<string, Uint8Array[]>()
  let [entries, inflated] = [0, 0]
  const most = Math.min(INFLATED, Math.max(1024 * 1024, bytes.length * RATIO))
  const unzip = new Unzip((entry) => {
    if (++entries > ENTRIES) throw new Refusal('too-large', 'The file has too many parts.')
    if (!isWanted(entry.name) || chunks.has(entry.name)) return
    const parts: Uint8Array[] = []
    chunks.set(entry.name, parts)
    entry.ondata = (failed, chunk) => {
      // The inflater hands back what is thrown here.
      if (failed) throw failed instanceof Refusal ? failed : new Refusal(unreadable, 'The file is damaged.')
      inflated += chunk.length
      if (inflated > most) throw new Refusal('too-large', 'The file grows beyond measure when it is opened.')
      parts.push(chunk)
    }
    entry.start()
  })
  unzip.register(UnzipInflate)
  try {
    for (let at = 0; at < bytes.length; at += STEP) unzip.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length)
  } catch (thrown) {
    throw thrown instanceof Refusal ? thrown : new Refusal(unreadable, 'The file is damaged.')
  }
  return new Map([...chunks].map(([name, parts]) => [name, Buffer.concat(parts)]))
}
