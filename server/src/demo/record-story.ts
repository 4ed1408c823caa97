import { park } from '@multilogue/shared/actions'
import { postMessage } from '@multilogue/shared/dialogue'
import { issueDocument } from '@multilogue/shared/negotiation'
import { declareInRoom } from '@multilogue/shared/presence'
import { writeRecord } from '@multilogue/shared/records'
import { addAgendaItem, conductSession, scheduleSession } from '@multilogue/shared/rounds'
import * as Y from 'yjs'
import type { World } from './world.js'

const SAID = [
  {
    by: 'gha.head',
    language: 'en',
    body: 'Three surveys ask the same firms the same questions. One desk would spare them two, and give us one series.',
  },
  {
    by: 'mar.head',
    language: 'fr',
    body: 'Les coopératives tiennent leurs registres dans leur langue ; les formulaires doivent suivre.',
  },
] as const

/** The session of the second round whose record was written, worded anew where needed, and issued. Invented. */
export async function recordStory(
  world: World,
  roundId: string,
  { delegations, day }: { delegations: Record<string, string>; day: string },
): Promise<void> {
  const { id: sessionId } = await world.do('secretariat', scheduleSession, {
    ...{ roundId, kind: 'plenary', title: 'Plenary: industrial statistics', venue: 'Boardroom B' },
    ...{ startsAt: `${day}T08:00:00Z`, endsAt: `${day}T11:00:00Z`, timeZone: 'Europe/Vienna' },
  })
  const item = await world.do('secretariat', addAgendaItem, {
    sessionId,
    number: '1',
    title: 'One desk for statistics',
  })
  await world.do('chair', conductSession, { sessionId, status: 'live', currentItemId: item.id, revision: 1 })
  for (const delegationId of Object.values(delegations))
    await world.do('secretariat', declareInRoom, { sessionId, delegationId, inRoom: true })
  const [first] = await Promise.all(
    SAID.map(({ by, ...said }) => world.do(by, postMessage, { threadId: item.threadId, ...said })),
  )
  await world.do('chair', park, {
    ...{ messageId: first!.id, title: 'A common list of industrial products', owner: 'Secretariat', dueOn: null },
    reason: 'It needs the statisticians of all members.',
  })
  await world.do('chair', conductSession, { sessionId, status: 'ended', revision: 2 })
  const { documentId } = await world.do('chair', writeRecord, { sessionId, form: 'summary', language: 'en' })
  await world.edit('chair', documentId, (blocks) => dated(blocks, day))
  await world.do('secretariat', issueDocument, { documentId, series: 'SR' })
}

/** The demo is made in a moment, today; the chair puts the day and the hours right. */
function dated(blocks: Y.XmlFragment, day: string): void {
  const times = [
    [/^The session was opened/, `The session was opened on ${day} at 10.05 a.m.`],
    [/^The item was taken up/, 'The item was taken up at 10.20 a.m.'],
    [/^The session was closed/, `The session was closed on ${day} at 12.45 p.m.`],
  ] as const
  for (const node of blocks.toArray()) {
    const text = node instanceof Y.XmlElement ? node.get(0) : undefined
    if (!(text instanceof Y.XmlText)) continue
    const [, words] = times.find(([begins]) => begins.test(text.toJSON())) ?? []
    if (words === undefined) continue
    text.delete(0, text.length)
    text.insert(0, words)
  }
}
