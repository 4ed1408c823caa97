import { addAlternative, closeBracket, openBracket, signed, withSigns } from '@multilogue/shared/brackets'
import {
  alternativesOf,
  deletionsIn,
  openRows,
  piecesOf,
  rowsOf,
  textOf,
  wordsOf,
} from '@multilogue/shared/compilation'
import { setMode } from '@multilogue/shared/documents'
import {
  askToRebase,
  declineProposal,
  draftProposal,
  getNegotiation,
  incorporateProposal,
  mergeProposals,
  rebaseProposal,
  setParagraphStatus,
  tableProposal,
  takePosition,
  withdrawProposal,
  type NegotiatedBlock,
  type Negotiation,
  type Operation,
  type Proposal,
} from '@multilogue/shared/negotiation'
import * as Y from 'yjs'
import { newId } from '../../server/src/common/ids.js'
import { pick, randomFrom, type Random } from '../collab/random.js'
import { fileOf } from '../support/files.js'
import type { Stage } from '../support/stage.js'
import { Pen } from './pen.js'

const MEMBERS = ['gha.head', 'eth.head', 'deu.head'] as const
const OPERATIONS: Operation[] = ['replace', 'replace', 'replace', 'insert', 'delete', 'split', 'split', 'merge', 'move']
const WORDS = ['green ', 'digital ', 'in particular ', 'نحو ', '数据']
/** Being told these is part of negotiating; anything else is a fault. */
const REFUSALS = ['ok', 'text-moved-on', 'paragraph-agreed', 'wrong-state', 'invalid-input', 'text-not-writable']

/** Delegations and a facilitator who do whatever comes to their minds, and what has to be true all the while. */
export class RandomNegotiation {
  private readonly random: Random
  private readonly pen: Pen
  private readonly undo: Y.UndoManager
  /** What a paragraph said when it was agreed. */
  private readonly agreed = new Map<string, string>()
  private mode: 'negotiating' | 'frozen' = 'negotiating'
  private revision = 2

  constructor(
    private readonly stage: Stage,
    private readonly documentId: string,
    seed: number,
  ) {
    this.random = randomFrom(seed)
    this.pen = new Pen(stage, 'facilitator', documentId)
    this.undo = new Y.UndoManager(this.pen.blocks, { captureTimeout: 0 })
  }

  async step(): Promise<void> {
    const now = await this.seen()
    const acts = [
      () => this.edit(now),
      () => this.edit(now),
      () => this.propose(now),
      () => this.propose(now),
      () => this.propose(now),
      () => this.move(now),
      () => this.decide(now),
      () => this.decide(now),
      () => this.agree(now),
      () => this.agree(now),
      () => this.bracket(now),
      () => this.bracket(now),
      () => this.unbracket(now),
      () => this.takeBack(),
      () => this.freeze(),
    ]
    const says = await pick(this.random, acts)()
    if (!REFUSALS.includes(says)) throw new Error(`An act was answered ${says}.`)
  }

  seen(): Promise<Negotiation> {
    return this.stage.done(pick(this.random, ['chair', ...MEMBERS]), getNegotiation, { documentId: this.documentId })
  }

  /** @returns what is not as it has to be */
  faultsOf(now: Negotiation): string[] {
    const faults: string[] = []
    const ids = now.blocks.map(({ id }) => id)
    if (ids.some((id) => id === '') || new Set(ids).size !== ids.length) faults.push('ids are missing or double')
    const rows = rowsOf(now, 'working', true)
    const numbers = rows.map(({ number }) => number).filter((number) => number !== '')
    if (new Set(numbers).size !== numbers.length) faults.push(`numbers are double: ${numbers.join(' ')}`)
    const live = rows.filter((row) => row.kind === 'insertion' || (row.kind === 'block' && row.block.status !== null))
    if (live.length !== now.convergence.live)
      faults.push(`${live.length} rows are live, ${now.convergence.live} are told`)
    if (openRows(rows).length !== now.convergence.live - now.convergence.agreed)
      faults.push('open and agreed do not add up')
    for (const block of now.blocks) faults.push(...this.faultsOfStatus(block, now))
    faults.push(...faultsOfBrackets(now))
    for (const proposal of now.proposals) faults.push(...faultsOfPieces(proposal))
    for (const row of rows) {
      if (row.kind !== 'block') continue
      const alternatives = alternativesOf(row, row.number).map(({ number }) => number)
      if (new Set(alternatives).size !== alternatives.length) faults.push('alternatives are double')
    }
    const seen = new Set(rows.flatMap((row) => (row.kind === 'block' ? row.proposals : [row.proposal])))
    if (now.proposals.some((proposal) => isBefore(proposal) && !seen.has(proposal)))
      faults.push('a proposal that waits is in no view')
    const clean = rowsOf(now, 'print', false).map((row) => (row.kind === 'block' ? row.id : ''))
    if (clean.join() !== ids.join()) faults.push('the clean view is not the text')
    if (deletionsIn(now).some(({ paragraphId }) => ids.includes(paragraphId))) faults.push('what is deleted stands')
    return faults
  }

  /** The text as a file says, line by line, what the clean view says on the screen. */
  async faultsOfFile(): Promise<string[]> {
    const { documentId } = this
    const file = new TextDecoder().decode((await fileOf(this.stage, documentId, 'txt')).bytes)
    const now = await this.seen()
    const words = withSigns(now.blocks).split('\n')
    const lines = rowsOf(now, 'print', false).map(({ number }, at) => `${number} ${words[at] ?? ''}`.trim())
    // The title stands above the text, if the text does not open with it, in brackets or not.
    const above = now.blocks[0] && wordsOf(now.blocks[0].runs) === 'Outcome' ? 1 : 2
    const printed = file
      .split('\n\n')
      .slice(above)
      .map((line) => line.trim())
    return lines.join('\n') === printed.join('\n') ? [] : [`the file differs: ${file} | ${lines.join(' / ')}`]
  }

  private faultsOfStatus({ id, status, runs }: NegotiatedBlock, { proposals }: Negotiation): string[] {
    if (runs.some(({ brackets }) => brackets) && status !== null && status !== 'bracketed')
      return [`${status} with words in brackets`]
    if (status !== 'agreed_ad_ref') return []
    const said = this.agreed.get(id)
    if (said !== wordsOf(runs)) return [`agreed words changed: ${said} | ${wordsOf(runs)}`]
    const waits = proposals.some(
      (one) => one.paragraphId === id && one.operation !== 'insert' && !one.outdated && isBefore(one),
    )
    return waits ? ['agreed while a proposal waits'] : []
  }

  private async edit({ blocks }: Negotiation): Promise<string> {
    if (this.mode === 'frozen') return 'ok'
    const kind = pick(this.random, ['write', 'write', 'delete', 'add', 'undo'] as const)
    const place = 1 + this.random(Math.max(blocks.length - 1, 1))
    await this.pen.write((pen) => {
      if (kind === 'undo') return void this.undo.undo()
      if (kind === 'add' || pen.blocks.length < 4) {
        const added = new Y.XmlElement('paragraph')
        added.setAttribute('id', newId())
        added.setAttribute('part', 'operative')
        added.insert(0, [new Y.XmlText('Added by the facilitator;')])
        return pen.blocks.insert(Math.min(place, pen.blocks.length), [added])
      }
      const at = Math.min(place, pen.blocks.length - 1)
      if (kind === 'delete') return pen.blocks.delete(at, 1)
      const run = (pen.blocks.get(at) as Y.XmlElement).toArray().find((child) => child instanceof Y.XmlText)
      run?.insert(this.random(run.length + 1), pick(this.random, WORDS))
    })
    return 'ok'
  }

  private async propose({ blocks }: Negotiation): Promise<string> {
    const negotiated = blocks.filter(({ status }) => status !== null)
    const place = this.random(negotiated.length || 1)
    const operation = pick(this.random, OPERATIONS)
    const paragraph = negotiated[place]
    if (!paragraph) return 'ok'
    const other = operation === 'merge' ? blocks[blocks.indexOf(paragraph) + 1] : anyOf(negotiated, this.random)
    const who = pick(this.random, MEMBERS)
    const drafted = await this.stage.call(who, draftProposal, {
      documentId: this.documentId,
      paragraphId: paragraph.id,
      operation,
      ...(other && (operation === 'merge' || operation === 'move') ? { otherId: other.id } : {}),
      ...(operation === 'replace' || operation === 'insert'
        ? { words: `${wordsOf(paragraph.runs)} ${pick(this.random, WORDS)}again`.trim() }
        : {}),
      ...(operation === 'split' ? { words: cutIn(wordsOf(paragraph.runs), this.random) } : {}),
    })
    if (!drafted.output || this.random(4) === 0) return drafted.says
    return (await this.stage.call(who, tableProposal, named(drafted.output))).says
  }

  /** What delegations do with proposals that are there. */
  private async move({ proposals }: Negotiation): Promise<string> {
    const proposal = proposals[this.random(proposals.length || 1)]
    if (!proposal) return 'ok'
    const owner = MEMBERS.find((who) => who.startsWith(proposal.delegation.code.toLowerCase())) ?? 'gha.head'
    const acts = [
      () => this.stage.call(owner, withdrawProposal, named(proposal)),
      () => this.stage.call(owner, rebaseProposal, named(proposal)),
      () => this.stage.call(owner, tableProposal, named(proposal)),
      () => this.stage.call('eth.head', takePosition, { proposalId: proposal.id, position: 'oppose' }),
    ]
    const { says } = await pick(this.random, acts)()
    // Another delegation's draft is not there, and a newer revision is told.
    return says === 'not-found' || says === 'stale-revision' ? 'ok' : says
  }

  private async decide({ blocks, proposals }: Negotiation): Promise<string> {
    const pending = proposals.filter(isBefore)
    const proposal = pending[this.random(pending.length || 1)]
    if (!proposal) return 'ok'
    const note = 'So decided.'
    const kind = this.random(6)
    if (kind === 0) return (await this.stage.call('chair', declineProposal, { ...named(proposal), note })).says
    if (kind === 1) return (await this.stage.call('facilitator', askToRebase, { ...named(proposal), note })).says
    const block = blocks.find(({ id }) => id === proposal.paragraphId)
    if (kind > 2 || !block) return (await this.stage.call('facilitator', incorporateProposal, named(proposal))).says
    return (
      await this.stage.call('facilitator', mergeProposals, {
        documentId: this.documentId,
        paragraphId: block.id,
        hash: block.hash,
        proposalIds: pending.filter(({ paragraphId }) => paragraphId === block.id).map(({ id }) => id),
        words: 'A compromise of the facilitator;',
      })
    ).says
  }

  private async agree({ blocks }: Negotiation): Promise<string> {
    const block = anyOf(
      blocks.filter(({ status }) => status !== null),
      this.random,
    )
    if (!block) return 'ok'
    const status = block.status === 'agreed_ad_ref' ? 'open' : 'agreed_ad_ref'
    const { documentId } = this
    const given = { documentId, paragraphId: block.id, hash: block.hash, status, reason: 'Heard again.' } as const
    const { says } = await this.stage.call('facilitator', setParagraphStatus, given)
    if (says === 'ok' && status === 'agreed_ad_ref') this.agreed.set(block.id, wordsOf(block.runs))
    return says
  }

  private async bracket({ blocks, brackets }: Negotiation): Promise<string> {
    const by = pick(this.random, ['facilitator', 'chair'] as const)
    const beside = anyOf(brackets, this.random)
    const reason = 'Not as it stands.'
    if (beside && this.random(3) === 0)
      return (
        await this.stage.call(by, addAlternative, { bracketId: beside.id, words: pick(this.random, WORDS), reason })
      ).says
    const block = anyOf(blocks, this.random)
    const words = block ? wordsOf(block.runs) : ''
    if (!block || words === '') return 'ok'
    const from = this.random(words.length)
    const quote = words.slice(from, from + 1 + this.random(words.length - from))
    const { documentId } = this
    return (await this.stage.call(by, openBracket, { documentId, paragraphId: block.id, from, quote, reason })).says
  }

  private async unbracket({ brackets }: Negotiation): Promise<string> {
    const bracket = anyOf(brackets, this.random)
    if (!bracket) return 'ok'
    const closing = { bracketId: bracket.id, outcome: pick(this.random, ['kept', 'kept', 'deleted'] as const) }
    return (await this.stage.call('chair', closeBracket, { ...closing, reason: 'Agreed.' })).says
  }

  private async takeBack(): Promise<string> {
    if (this.mode === 'frozen') return 'ok'
    await this.pen.write(() => void this.undo.undo())
    return 'ok'
  }

  private async freeze(): Promise<string> {
    if (this.mode === 'negotiating' && this.random(3) > 0) return 'ok'
    this.mode = this.mode === 'frozen' ? 'negotiating' : 'frozen'
    const { documentId, mode, revision } = this
    const { says } = await this.stage.call('chair', setMode, { documentId, mode, revision })
    this.revision++
    return says
  }
}

/** In two, somewhere. */
const cutIn = (words: string, random: Random): string => {
  const at = random(words.length + 1)
  return `${words.slice(0, at)}\n${words.slice(at)}`
}
const anyOf = <T>(list: T[], random: Random): T | undefined => list[random(list.length || 1)]
const named = ({ id, revision }: Proposal) => ({ proposalId: id, revision })
const isBefore = ({ state }: Proposal) => state === 'tabled' || state === 'rebase_asked'

/** Brackets in the text of which nothing is kept beside it. */
export function bracketsOfNobody({ blocks, brackets }: Negotiation): string[] {
  const known = new Set(brackets.map(({ id }) => id))
  const standing = blocks.flatMap(({ runs }) => runs.flatMap((run) => run.brackets ?? []))
  return standing.filter((id) => !known.has(id))
}

/** They stand in each other or apart. */
function faultsOfBrackets({ blocks }: Negotiation): string[] {
  const open: string[] = []
  const faults: string[] = []
  for (const { opens, closes } of signed(blocks).flat()) {
    open.push(...opens)
    for (const id of closes) if (open.pop() !== id) faults.push('brackets cross')
  }
  return open.length > 0 ? [...faults, 'a bracket is not closed'] : faults
}

/** Taking the additions away gives the text, taking the deletions away the proposal. */
function faultsOfPieces({ base, content }: Proposal): string[] {
  const [before, after] = [textOf(base), textOf(content ?? [])]
  const pieces = piecesOf(before, after, 'en')
  const without = (mark: string) =>
    pieces
      .filter((piece) => piece.mark !== mark)
      .map(({ text }) => text)
      .join('')
  return without('inserted') === before && without('removed') === after ? [] : [`pieces differ: ${before} | ${after}`]
}
