import fs from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Member } from '../room.mjs'
import { Traffic } from '../socket.mjs'

const DOCUMENTS = 1000
const PARAGRAPH = 'words '.repeat(80)
const AT_ONCE = 50
/** Longer than any of the servers waits before it stores what it has. */
const STORED_MS = 12_000
const REST_MS = 2000
const GONE_MS = 10_000

/** 1,000 short texts, each opened by one reader; then everybody leaves. */
export async function documents(first, { folder, restart }) {
  const { names, server } = await writtenDocuments(first, folder, restart)
  const open = (document, at) => {
    const member = new Member(server, document, at, new Traffic())
    return member.join().then(() => member)
  }
  const warm = await inParallel(names.slice(0, 10), open)
  for (const member of warm) member.leave()
  await sleep(REST_MS)
  const before = server.tree.rss()
  const cpuBefore = server.tree.cpu()
  const began = performance.now()
  const members = await inParallel(names, open)
  const openAllMs = performance.now() - began
  const cpu = server.tree.cpu()
  await sleep(REST_MS)
  const full = server.tree.rss()
  for (const member of members) member.leave()
  await sleep(GONE_MS)
  const after = server.tree.rss()
  return {
    openAllMs,
    openAllCpuMs: (cpu.all - cpuBefore.all) * 1000,
    openAllDatabaseMs: (cpu.started - cpuBefore.started) * 1000,
    kilobytesPerDocument: ((full - before) * 1000) / DOCUMENTS,
    rss: full,
    rssBefore: before,
    rssAfter: after,
    leftOver: after / before,
  }
}

async function writtenDocuments(server, folder, restart) {
  const note = path.join(folder, 'documents.json')
  if (fs.existsSync(note)) return { names: JSON.parse(fs.readFileSync(note, 'utf8')), server }
  const names = await server.documents(DOCUMENTS)
  const members = await inParallel(names, async (document, at) => {
    const member = new Member(server, document, at, new Traffic())
    await member.join()
    member.type(PARAGRAPH)
    return member
  })
  await sleep(STORED_MS)
  for (const member of members) member.leave()
  fs.writeFileSync(note, JSON.stringify(names))
  await server.tree.stop()
  return { names, server: await restart() }
}

async function inParallel(list, work) {
  const results = []
  const queue = [...list.entries()]
  const next = async () => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) results.push(await work(one[1], one[0]))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next))
  return results
}
