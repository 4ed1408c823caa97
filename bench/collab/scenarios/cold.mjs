import { until } from '../pace.mjs'
import { Member } from '../room.mjs'
import { Traffic } from '../socket.mjs'
import { writtenText } from '../text.mjs'
import { eachSpan, readSync } from '../wire.mjs'

const EDITS = 200_000
const LIMIT_MS = 60_000

/** A server that has just started is asked for a text with 200,000 edits of 20 people, by one reader. */
export async function cold(first, { folder, restart }) {
  const { document, clocks, bytes, server } = await writtenText(first, folder, EDITS, { restart })
  const traffic = new Traffic()
  const member = new Member(server, document, 0, traffic)
  const frames = []
  const cpu = server.tree.cpu().all
  const began = performance.now()
  const onFrame = (frame) => frames.push([performance.now() - began, Uint8Array.from(frame)])
  await member.join({ onFrame })
  member.listen(onFrame)
  // Some answer with what they have in memory, and send the rest when it is loaded.
  let left = clocks
  let read = 0
  let ms = null
  await until(() => {
    for (; read < frames.length; read++) {
      const [at, frame] = frames[read]
      const sync = readSync(frame)
      if (sync === null || sync.kind === 'step1') continue
      eachSpan(sync.body, (_client, from, to) => (left -= to - from))
      if (left <= 0) ms ??= at
    }
    return ms !== null
  }, LIMIT_MS)
  return { ms, cpuMs: (server.tree.cpu().all - cpu) * 1000, megabytesDown: traffic.bytesDown / 1e6, textBytes: bytes }
}
