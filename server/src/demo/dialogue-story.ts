import { conductThread, postMessage } from '@multilogue/shared/dialogue'
import { openDocument } from '@multilogue/shared/documents'
import { addAgendaItem, conductSession, formBody, scheduleSession, type AgendaItem } from '@multilogue/shared/rounds'
import { keepVersion } from '@multilogue/shared/history'
import type { Language } from '@multilogue/shared/values'
import type * as Y from 'yjs'
import type { Demo } from './demo.js'
import { FIRST_READING, PLAN, VISION } from './texts.js'

export interface Told {
  items: Record<'opening' | 'alignment' | 'matters', AgendaItem>
  /** Of the closing plenary. */
  closing: AgendaItem
  documents: { vision: string; plan: string; visionParagraphs: string[] }
  messages: Record<string, string>
}

/** Statements of the thread, made for the demo. */
const STATEMENTS: {
  by: string
  language: Language
  body: string
  key?: string
  replyTo?: string
  forGroup?: boolean
}[] = [
  {
    by: 'chair',
    language: 'en',
    body: 'Delegations are invited to say where their digital and their industrial strategies pull in the same direction, where they do not, and what would help.',
  },
  {
    by: 'eth.head',
    language: 'en',
    forGroup: true,
    body: 'On behalf of the least developed countries: most of us write the two strategies in different ministries, with different data. We ask for support to agree on one baseline first.',
    key: 'ldc',
  },
  {
    by: 'ind.head',
    language: 'en',
    body: 'Open public platforms let small manufacturers reach identity, payments and logistics without building them. We can share how the first districts were connected, and what failed.',
    key: 'india',
  },
  {
    by: 'col.head',
    language: 'es',
    body: 'En nuestro caso, las cámaras de comercio reúnen los datos de demanda. Sin reglas claras de acceso, las empresas pequeñas quedan fuera.',
    replyTo: 'india',
  },
  {
    by: 'mar.head',
    language: 'ar',
    body: 'تحتاج التعاونيات النسائية إلى أدوات بسيطة لتتبع المنتجات باللغة التي تعمل بها. نقترح أن تشمل خطة العمل تدريباً محلياً ومؤشراً واضحاً.',
    key: 'morocco',
  },
  {
    by: 'che.head',
    language: 'fr',
    body: 'La Suisse peut appuyer un premier groupe de coopératives, à condition que les résultats soient mesurés dès le départ.',
    replyTo: 'morocco',
  },
  {
    by: 'idn.head',
    language: 'en',
    body: 'Storage rules matter as much as collection. We would keep the text open on where industrial data is held.',
  },
  {
    by: 'gha.head',
    language: 'en',
    body: 'Ghana proposes a shared market survey for cosmetics and shea clusters, with the questionnaire and the raw data open to all members.',
    key: 'ghana',
  },
  {
    by: 'unctad',
    language: 'en',
    body: 'UNCTAD can bring the lessons of policy reviews that covered both strategies at once.',
    replyTo: 'ldc',
  },
]

/** The sessions, their agenda, the two texts and what was said so far. */
export async function dialogueStory(demo: Demo, now: Date): Promise<Told> {
  const { world, roundId, delegations } = demo
  const ldc = await world.do('secretariat', formBody, {
    roundId,
    code: 'LDCs',
    name: 'Group of least developed countries',
    delegationIds: [delegations.ETH!],
  })
  await world.do('secretariat', formBody, {
    roundId,
    code: 'African',
    name: 'African Group',
    delegationIds: ['GHA', 'ETH', 'MAR', 'TUN'].map((c) => delegations[c]!),
  })
  const documents = await texts(demo)
  const { live, items, closing } = await agenda(demo, now, documents)
  await world.do('secretariat', conductSession, {
    sessionId: live.id,
    status: 'live',
    currentItemId: items.alignment.id,
    revision: live.revision,
  })
  await world.do('chair', conductThread, { threadId: items.alignment.threadId, floor: 'all', revision: 1 })
  const messages: Record<string, string> = {}
  for (const { by, language, body, key, replyTo, forGroup } of STATEMENTS) {
    const message = await world.do(by, postMessage, {
      threadId: items.alignment.threadId,
      language,
      body,
      parentId: replyTo ? messages[replyTo] : undefined,
      onBehalfOf: forGroup ? ldc.id : undefined,
    })
    if (key) messages[key] = message.id
  }
  return { items, closing, documents, messages }
}

async function texts({ world, roundId }: Demo): Promise<Told['documents']> {
  const open = (kind: 'vision_statement' | 'action_plan', title: string) =>
    world.do('facilitator', openDocument, { roundId, kind, title, language: 'en' })
  const vision = await open('vision_statement', 'Vision statement: digital and industrial policy that pull together')
  const plan = await open('action_plan', 'Action plan 2027–2029')
  const visionParagraphs = await world.begin('facilitator', vision.id, VISION)
  await firstReading(world, vision.id)
  await world.begin('facilitator', plan.id, PLAN)
  return { vision: vision.id, plan: plan.id, visionParagraphs }
}

/** The facilitator's draft and what two delegations made of it, each kept under a name. */
async function firstReading(world: Demo['world'], documentId: string): Promise<void> {
  await world.do('facilitator', keepVersion, { documentId, name: 'First draft by the facilitator' })
  for (const { by, block, after, remove, insert } of FIRST_READING)
    await world.edit(by, documentId, (blocks) => {
      const text = (blocks.get(block) as Y.XmlElement).get(0) as Y.XmlText
      const at = text.toJSON().indexOf(after) + after.length
      text.delete(at, remove.length)
      text.insert(at, insert)
    })
  await world.do('chair', keepVersion, { documentId, name: 'After the first reading' })
}

async function agenda({ world, roundId }: Demo, now: Date, documents: Told['documents']) {
  const at = (hours: number) =>
    new Date(Math.floor(now.getTime() / 3_600_000) * 3_600_000 + hours * 3_600_000).toISOString()
  const session = (title: string, kind: 'plenary' | 'working_group' | 'clinic', from: number, to: number) =>
    world.do('secretariat', scheduleSession, {
      roundId,
      kind,
      title,
      startsAt: at(from),
      endsAt: at(to),
      timeZone: 'Europe/Vienna',
      venue: 'Boardroom D and online',
    })
  const opening = await session('Opening plenary', 'plenary', -24, -21)
  const live = await session('Dialogue: aligning digital and industrial policy', 'working_group', -1, 5)
  await session('Solution clinic: requests meet offers', 'clinic', 20, 23)
  const last = await session('Closing plenary', 'plenary', 25, 28)
  const add = (sessionId: string, number: string, title: string, questions: string[], documentId?: string) =>
    world.do('secretariat', addAgendaItem, { sessionId, number, title, questions, documentId })
  const first = await add(opening.id, '1', 'Opening of the round and credentials', [])
  for (const [step, status] of (['live', 'ended'] as const).entries())
    await world.do('chair', conductSession, { sessionId: opening.id, status, revision: opening.revision + step })
  const matters = await add(live.id, '2', 'Matters arising from Round 2', [
    'What held back the recommendation that is past its date?',
  ])
  const alignment = await add(
    live.id,
    '3',
    'Aligning digital and industrial policy',
    [
      'Where do the two strategies conflict in your country?',
      'Which data do small manufacturers need, and who may use it?',
      'Which support would make a difference within a year?',
    ],
    documents.vision,
  )
  await add(live.id, '4', 'Action plan 2027–2029', ['Who leads each action, and how is it measured?'], documents.plan)
  const closing = await add(last.id, '5', 'Adoption and what comes next', [])
  return { live, closing, items: { opening: first, alignment, matters } }
}
