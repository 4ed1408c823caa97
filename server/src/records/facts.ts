import type { Action } from '@multilogue/shared/actions'
import type { ProcedureDetail } from '@multilogue/shared/decisions'
import type { Language } from '@multilogue/shared/values'
import { dayIn, isolated, listIn, momentIn, say, timeIn } from '../words/words.js'
import { tellDecision } from './decided.js'
import type { Attended, Happened, Move, Statement, Turn } from './happened.js'

/** Something that happened, told in one language, under a name that is its own for ever. */
export interface Fact {
  key: string
  text: string
  href: string
  quote?: { text: string; language: Language }
  /** The quote stands in verbatim records alone. */
  inFull?: true
  /** Facts of one kind that follow each other are one line, of which this is the beginning. */
  among?: Attended['kind']
}

export interface Section {
  key: string
  title: string
  facts: Fact[]
}

/** What happened, in the order in which a record tells it. Sections in which nothing happened are left out. */
export function sectionsOf(happened: Happened, language: Language): Section[] {
  const teller = new Teller(happened, language)
  const { items, decisions, issued } = happened
  const itemOf = ({ document }: ProcedureDetail) => items.find(({ documentId }) => documentId === document.id)
  const sections: Section[] = [
    { key: 'session', title: say(language, 'record.beginning'), facts: teller.beginning() },
    ...items.map((item) => ({
      key: item.id,
      title: say(language, 'record.item', { number: item.number, title: isolated(item.title, language) }),
      facts: teller.item(
        item,
        decisions.filter((one) => itemOf(one) === item),
      ),
    })),
    {
      key: 'decisions',
      title: say(language, 'record.decisions'),
      facts: decisions.filter((one) => !itemOf(one)).flatMap((one) => tellDecision(one, language)),
    },
    {
      key: 'documents',
      title: say(language, 'record.documents'),
      facts: issued.map(({ id, symbol, title }) => ({
        key: `issued:${id}`,
        text: say(language, 'record.issued', {
          symbol: isolated(symbol, language),
          title: isolated(title, language),
        }),
        href: `/issued/${id}`,
      })),
    },
    { key: 'end', title: say(language, 'record.end'), facts: teller.end() },
  ]
  return sections.filter(({ facts }) => facts.length > 0)
}

class Teller {
  constructor(
    private readonly happened: Happened,
    private readonly language: Language,
  ) {}

  beginning(): Fact[] {
    const { moves, attended } = this.happened
    return [
      ...moves.filter(({ is }) => is === 'opened').map((move) => this.moved(move)),
      ...attended.map(this.attended),
    ]
  }

  end(): Fact[] {
    return this.happened.moves.filter(({ is }) => is === 'closed').map((move) => this.moved(move))
  }

  item({ id, actions }: Happened['items'][number], decisions: ProcedureDetail[]): Fact[] {
    const { moves, turns, statements } = this.happened
    return [
      ...moves.filter(({ is, itemId }) => is === 'called' && itemId === id).map((move) => this.moved(move)),
      ...turns.filter(({ itemId }) => itemId === id).flatMap((turn) => this.turn(turn)),
      ...statements.filter(({ itemId }) => itemId === id).map((statement) => this.statement(statement)),
      ...decisions.flatMap((decision) => tellDecision(decision, this.language)),
      ...actions.map((action) => this.action(action, id)),
    ]
  }

  private moved({ seq, at, is, itemId }: Move): Fact {
    const { id, timeZone: zone, venue } = this.happened.session
    const { language } = this
    const when = is === 'called' ? timeIn(at, { language, zone }) : momentIn(at, { language, zone })
    return {
      key: `${is}:${seq}`,
      text: this.say(`record.${is}`, { when: this.isolated(when), venue: this.isolated(venue) }),
      href: itemId ? this.hrefOf(itemId) : `/sessions/${id}`,
    }
  }

  private readonly attended = ({ id, name, kind, credentials }: Attended): Fact => ({
    key: `attended:${id}`,
    text:
      this.isolated(name) + (credentials === 'accepted' ? '' : ` (${this.say(`record.credentials.${credentials}`)})`),
    href: `/sessions/${this.happened.session.id}`,
    among: kind,
  })

  private turn(turn: Turn): Fact[] {
    const { id, itemId, kind, group, out, seconds, ruling, messageId, body, language } = turn
    const time = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
    const href = messageId ? `${this.hrefOf(itemId)}#m-${messageId}` : this.hrefOf(itemId)
    const sentences = [
      this.say(`record.${kind}`, { name: this.speaking(turn.speaker, group), time }),
      ...(out.length > 0
        ? [
            this.say('record.dissociated', {
              names: listIn(
                out.map((name) => this.isolated(name)),
                this.language,
              ),
            }),
          ]
        : []),
    ]
    const quote = body && language ? { quote: { text: body, language }, inFull: true as const } : {}
    return [
      { key: `turn:${id}`, text: sentences.join(' '), href, ...quote },
      ...(ruling
        ? [{ key: `ruling:${id}`, text: this.say('record.ruling', { ruling: this.isolated(ruling) }), href }]
        : []),
    ]
  }

  private statement({ itemId, messageId, speaker, group, body, language }: Statement): Fact {
    return {
      key: `statement:${messageId}`,
      text: this.say('record.inWriting', { name: this.speaking(speaker, group) }),
      href: `${this.hrefOf(itemId)}#m-${messageId}`,
      quote: { text: body, language },
      inFull: true,
    }
  }

  private action({ kind, id, title, owner, dueOn, item, href }: Action, itemId: string): Fact {
    const details = [
      ...(owner ? [this.say('record.owner', { owner: this.isolated(owner) })] : []),
      ...(dueOn ? [this.say('record.due', { day: dayIn(dueOn, this.language) })] : []),
      ...(item ? [this.say('record.toItem', { number: item.number, title: this.isolated(item.title) })] : []),
    ]
    return {
      key: `action:${id}`,
      text: [this.say(`record.${kind}`, { title: this.isolated(title) }), ...details].join(' '),
      href: href ?? this.hrefOf(itemId),
    }
  }

  private speaking(name: string, group: string | null): string {
    const speaker = this.isolated(name)
    return group ? this.say('record.onBehalf', { name: speaker, group: this.isolated(group) }) : speaker
  }

  private hrefOf(itemId: string): string {
    return `/sessions/${this.happened.session.id}?item=${itemId}`
  }

  private isolated(text: string): string {
    return isolated(text, this.language)
  }

  private say(key: Parameters<typeof say>[1], values: Record<string, string> = {}): string {
    return say(this.language, key, values)
  }
}
