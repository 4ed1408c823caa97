import { setTimeout as wait } from 'node:timers/promises'
import { StockClient } from '../realtime/stock-client.js'
import { until } from '../support/stage.js'
import type { Random } from '../collab/random.js'
import type { MortalServer, Victim } from './mortal-server.js'

const WRITERS = ['gha.head', 'kor.head', 'gha.head']
const READER = 'kor.head'
const RETURN = 30_000

/** The words in a text; each is typed once and by one. */
const wordsOf = (client: StockClient): Set<string> =>
  new Set(
    client.doc
      .getText('words')
      .toJSON()
      .match(/<[^<>]+>/g) ?? [],
  )

/**
 * Some people type, then `victim` is killed in the midst of it and all of their windows with it. Whoever comes after
 * the restart must find every word that anybody but its author had seen.
 * @returns how many of this trial were seen, and those that are missing, of earlier trials too
 */
export async function killTrial(server: MortalServer, victim: Victim, random: Random, name: string) {
  const documentId = await server.firstText(READER)
  const clients = await Promise.all(WRITERS.map((who) => StockClient.connect(server, who, documentId)))
  await until('all have the text', () => clients.every(({ provider }) => provider.synced), RETURN)
  let typed = 0
  const typing = clients.map((client, at) => {
    const type = (): void => {
      client.doc.getText('words').insert(0, `<${name}.${at}.${(typed += 1)}>`)
      timer = setTimeout(type, random(20))
    }
    let timer = setTimeout(type, random(20))
    return () => clearTimeout(timer)
  })
  await wait(200 + random(1300))
  await server.kill(victim)
  for (const stop of typing) stop()
  const seen = clients.flatMap((client, at) =>
    [...wordsOf(client)].filter((word) => !word.startsWith(`<${name}.${at}.`)),
  )
  for (const client of clients) client.close()
  if (victim !== 'database') await server.start()
  const after = await StockClient.connect(server, READER, documentId)
  try {
    await until('somebody has the text again', () => after.provider.synced, RETURN)
    const there = wordsOf(after)
    const missing = [...new Set(seen)].filter((word) => !there.has(word))
    const seenNow = new Set(seen.filter((word) => word.startsWith(`<${name}.`)))
    return { typed, seen: seenNow.size, missing }
  } finally {
    after.close()
  }
}
