import { isMoney } from '@multilogue/shared/commitments'
import type { CommitmentSum } from '@multilogue/shared/assistance-figures'
import type { Figures } from '@multilogue/shared/figures'
import type { ComparedRound } from '@multilogue/shared/round-report'
import type { Language } from '@multilogue/shared/values'
import { dayOf } from '../common/clock.js'
import { dayIn, isolated, listIn, numberIn, say, shareIn } from '../words/words.js'
import type { Became } from './became.views.js'
import { tellDecision } from './decided.js'
import type { Fact, Section } from './facts.js'
import type { RoundTold } from './round-told.js'
import { figureKey, saidKey } from './telling.js'

/** What a round has done, in the order in which its report tells it. Sections with nothing in them are left out. */
export function roundSectionsOf(told: RoundTold, language: Language): Section[] {
  const teller = new RoundTeller(told, language)
  const becameOf = (wanted: boolean) =>
    told.became.filter(({ isEarlier }) => isEarlier === wanted).map((one) => teller.became(one))
  const [own, earlier] = [becameOf(false), becameOf(true)]
  const sections: [key: string, title: Parameters<typeof say>[1], facts: Fact[]][] = [
    ['round', 'roundReport.beginning', teller.beginning()],
    ['decisions', 'roundReport.decisions', teller.adopted()],
    ['recommendations', 'roundReport.recommendations', [...told.made.flatMap((one) => teller.made(one)), ...own]],
    ['implementation', 'roundReport.implementation', teller.implementation()],
    ['assistance', 'roundReport.assistance', teller.assistance()],
    ['earlier', 'roundReport.earlier', earlier],
    ['rounds', 'roundReport.rounds', teller.rounds()],
  ]
  return sections
    .map(([key, title, facts]) => ({ key, title: say(language, title), facts }))
    .filter(({ facts }) => facts.length > 0)
}

class RoundTeller {
  private readonly day: string

  constructor(
    private readonly told: RoundTold,
    private readonly language: Language,
  ) {
    this.day = dayIn(dayOf(told.now), language)
  }

  beginning(): Fact[] {
    const { round, taking } = this.told
    const { title, place, opens, closes } = round
    const [from, to] = [dayIn(opens, this.language), dayIn(closes, this.language)]
    const held = { round: this.apart(title), place: this.apart(place), opens: from, closes: to }
    const { member: members, observer: observers, stakeholder: stakeholders } = taking
    const counts = { members, observers, stakeholders }
    return [
      { key: 'held', text: this.say('roundReport.held', held), href: `/rounds/${round.id}` },
      this.figure('taking', Object.values(counts), {
        text: this.say('roundReport.taking', this.numbers(counts)),
        href: `/rounds/${round.id}`,
      }),
    ]
  }

  adopted(): Fact[] {
    const { decisions, plans } = this.told
    return [
      ...decisions.flatMap((decision) => tellDecision(decision, this.language)),
      ...plans.map(({ id, title }) => ({
        key: `plan:${id}`,
        text: this.say('roundReport.plan', { title: this.apart(title) }),
        href: `/documents/${id}`,
      })),
    ]
  }

  made({ id, roundNumber, number: no, title, dueOn, addressees }: RoundTold['made'][number]): Fact[] {
    const number = this.apart(`R${roundNumber}-${no}`)
    const href = `/recommendations/${id}`
    const names = listIn(
      addressees.map(({ name }) => this.apart(name)),
      this.language,
    )
    const sentences = [
      this.say('roundReport.made', { number, title: this.apart(title) }),
      this.say('roundReport.addressed', { names }),
      ...(dueOn ? [this.say('record.due', { day: dayIn(dueOn, this.language) })] : []),
    ]
    return [
      { key: `recommendation:${id}`, text: sentences.join(' '), href },
      ...addressees.flatMap(({ code, name, response, text }) =>
        response === 'pending'
          ? []
          : [
              {
                key: saidKey(`response:${id}:${code}`, this.told.now, [response, text]),
                text: [
                  this.say(`roundReport.${response}`, { name: this.apart(name), number }),
                  ...(text ? [this.apart(text)] : []),
                ].join(' '),
                href,
              },
            ],
      ),
    ]
  }

  implementation(): Fact[] {
    const { figures } = this.told.rounds.find(({ id }) => id === this.told.round.id)!
    if (figures.base === 0) return []
    const { overdue } = figures.flagged
    const text = this.say('roundReport.implemented', {
      ...this.figures(figures),
      overdue: numberIn(overdue, this.language),
    })
    const values = [figures.base, figures.implemented, figures.triggered, overdue]
    return [this.figure('implementation', values, { text, href: '/follow-up' })]
  }

  assistance(): Fact[] {
    const { requests, sums } = this.told.assistance
    const href = '/assistance'
    const { agreed, published } = requests
    const share = shareIn(agreed, published, this.language)
    const rate = { ...this.numbers(requests), share, day: this.day }
    return [
      ...(published > 0
        ? [this.figure('matched', [agreed, published], { text: this.say('roundReport.matched', rate), href })]
        : []),
      ...sums.map((sum) => this.sum(sum, href)),
    ]
  }

  /** Of each currency and unit by itself. */
  private sum({ unit, pledged, confirmed, delivered }: CommitmentSum, href: string): Fact {
    const known = unit === 'days' || unit === 'places' || unit === 'units'
    const name = isMoney(unit) || !known ? unit : this.say(`roundReport.unit.${unit}`)
    const amounts = this.numbers({ pledged, confirmed, delivered })
    const text = this.say('roundReport.sum', { day: this.day, unit: this.apart(name), ...amounts })
    return this.figure(`sum:${unit}`, [pledged, confirmed, delivered], { text, href })
  }

  became({ id, roundNumber, number, title, act, reason, into }: Became): Fact {
    const named = { number: this.apart(`R${roundNumber}-${number}`), title: this.apart(title) }
    const others = (into ?? []).map((one) => this.apart(one))
    const why = { reason: this.apart(reason), into: listIn(others, this.language) }
    return {
      key: saidKey(`became:${id}`, this.told.now, [act, into, reason]),
      text: this.say(`roundReport.${act}`, { ...named, ...why }),
      href: `/recommendations/${id}`,
    }
  }

  /** Nothing to compare where there is one alone. */
  rounds(): Fact[] {
    const { rounds } = this.told
    return rounds.length < 2 ? [] : rounds.map((round) => this.compared(round))
  }

  private compared({ id, number, made, responses, figures }: ComparedRound): Fact {
    const { supported: wholly, supported_in_part: inPart, noted, pending } = responses
    const supported = wholly + inPart
    const counts = { number, made, supported, inPart, asked: supported + noted + pending }
    const text = this.say('roundReport.round', { ...this.numbers(counts), ...this.figures(figures) })
    // What was written down before there was support in part is still what was told.
    const values = [
      made,
      supported,
      counts.asked,
      figures.base,
      figures.implemented,
      figures.triggered,
      ...(inPart > 0 ? [inPart] : []),
    ]
    return this.figure(`round:${id}`, values, { text, href: `/rounds/${this.told.round.id}/report` })
  }

  private figures({ base, implemented, triggered }: Figures): Record<string, string> {
    return {
      ...this.numbers({ base, implemented, triggered }),
      share: shareIn(implemented, base, this.language),
      triggeredShare: shareIn(triggered, base, this.language),
      day: this.day,
    }
  }

  private figure(name: string, values: number[], { text, href }: { text: string; href: string }): Fact {
    return { key: figureKey(name, this.told.now, values.join('/')), text, href }
  }

  private numbers(counts: Record<string, number>): Record<string, string> {
    return Object.fromEntries(Object.entries(counts).map(([name, count]) => [name, numberIn(count, this.language)]))
  }

  private apart(text: string): string {
    return isolated(text, this.language)
  }

  private say(key: Parameters<typeof say>[1], values: Record<string, string> = {}): string {
    return say(this.language, key, values)
  }
}
