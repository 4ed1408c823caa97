import { SERVERS } from './servers/all.mjs'

const atMost = (ratio) => ({ ratio, isMet: (value) => value <= ratio, says: `≤ ${ratio} ×` })
const atLeast = (ratio) => ({ ratio, isMet: (value) => value >= ratio, says: `≥ ${ratio} ×` })
const below = (most, says) => ({ isMet: (value) => value <= most, says })
const none = { isMet: (value) => value === 0, says: 'none' }
const told = { says: '' }

/** What the table says: scenario, figure of its result, how it reads, target. Figures without a target explain others. */
const ROWS = [
  [
    'typing-500',
    '500 people, 50 type 3 keys/s',
    [
      ['cores', 'server CPU, cores', atMost(0.6)],
      ['databaseCores', 'of which its database', told],
      ['p99', 'p99, ms', atMost(1.5)],
      ['p50', 'p50, ms', told],
    ],
  ],
  [
    'typing-200',
    '200 people, 20 type, cursors move with every key',
    [
      ['cores', 'server CPU, cores', atMost(0.5)],
      ['p99', 'p99, ms', atMost(1.2)],
    ],
  ],
  [
    'saturation-1',
    '1 document × 50 people',
    [
      ['editsPerSecond', 'edits/s at p99 < 100 ms', atLeast(1.8)],
      ['overloadSeenPerSecond', 'twice that for 5 s: edits/s seen', told],
      ['recoveryMs', 'until keys are seen within 100 ms again, ms', told],
      ['missingAfterOverload', 'keys × readers that have not come 20 s later', told],
    ],
  ],
  [
    'saturation-50',
    '50 documents × 4 people',
    [
      ['editsPerSecond', 'edits/s at p99 < 100 ms', atLeast(1.1)],
      ['rss', 'memory of the server, MB', below(150, '< 150')],
    ],
  ],
  [
    'documents',
    '1,000 documents, one reader each',
    [
      ['kilobytesPerDocument', 'memory per document, kB', atMost(0.15)],
      ['openAllMs', 'all open, ms', atMost(0.5)],
      ['leftOver', 'memory 10 s after all left, × before', below(1.2, '≤ 1.2')],
    ],
  ],
  [
    'cold',
    'first reader after a restart, 200,000 edits of 20 people',
    [
      ['ms', 'until the text is there, ms', atMost(0.1)],
      ['cpuMs', 'server CPU, ms', told],
    ],
  ],
  [
    'rejoin',
    '500 people rejoin at once, 140 kB text',
    [
      ['withStateMs', 'with state: all there, ms', atMost(0.5)],
      ['freshMs', 'fresh: all there, ms', atMost(0.4)],
      ['withStateMegabytes', 'with state: down, MB', told],
      ['freshMegabytes', 'fresh: down, MB', told],
    ],
  ],
  [
    'presence',
    'presence of 200 people, 1 move/s each',
    [
      ['cores', 'server CPU, cores', atMost(0.25)],
      ['megabytesPerSecond', 'down, MB/s', atMost(0.35)],
      ['framesPerClientAndSecond', 'frames/s and client', atMost(0.1)],
    ],
  ],
  [
    'bytes',
    'a typed key in a quiet document',
    [
      ['up', 'bytes up', atMost(0.45)],
      ['down', 'bytes down, to a reader', atMost(0.45)],
      ['answer', 'bytes down, to the typist', told],
    ],
  ],
  [
    'kill',
    '`kill -9` of server and database',
    [
      ['trialsWithLoss', 'trials in which seen keys were gone', { ...none, total: 'trials' }],
      ['lostKeys', 'keys that were seen and then gone', { ...none, total: 'seenKeys' }],
    ],
  ],
  [
    'cut',
    'the same, and the log cut at its last sync',
    [
      ['trialsWithLoss', 'trials in which seen keys were gone', { ...none, total: 'trials' }],
      ['lostKeys', 'keys that were seen and then gone', { ...none, total: 'seenKeys' }],
    ],
  ],
  [
    'forged',
    'forged author, forged presence',
    [
      ['forgedKeysShown', 'forged keys shown', { ...none, total: true }],
      ['victimKeysLost', 'keys that the victim lost', { ...none, total: true }],
      ['forgedPresenceShown', 'forged presence shown', { ...none, total: true }],
    ],
  ],
  [
    'unfulfillable',
    '3 MB of updates whose predecessor never comes',
    [
      ['p99', 'p99 of the others, ms', below(50, '< 50')],
      ['rssGrowth', 'memory, MB more', below(20, '< 20')],
    ],
  ],
  [
    'slow-readers',
    '21 readers stop reading, 36 MB broadcast',
    [
      ['p99', 'p99 of the others, ms', below(50, '< 50')],
      ['rssGrowth', 'memory, MB more', below(20, '< 20')],
      ['culpritHungUp', 'slow readers hung up on', told],
    ],
  ],
]

/** Results as a Markdown table: medians (lowest to highest), and ratios of medians to Hocuspocus. */
export function tableOf(lines) {
  const present = Object.keys(SERVERS).filter((name) => lines.some(({ server }) => server === name))
  const titles = present.map((name) => SERVERS[name].title)
  const head = ['scenario', 'figure', ...titles, 'to Hocuspocus', 'target']
  const body = ROWS.flatMap(([scenario, title, figures]) => {
    const ofScenario = lines.filter((line) => line.scenario === scenario)
    if (ofScenario.length === 0) return []
    return figures.map(([figure, says, target], at) => {
      const values = Object.fromEntries(present.map((name) => [name, valuesOf(ofScenario, name, figure, target)]))
      const cells = present.map((name) => cellOf(values[name]))
      return [at === 0 ? title : '', says, ...cells, ...verdictOf(values, target)]
    })
  })
  const table = [head, head.map(() => '---'), ...body]
  return [...table.map((cells) => `| ${cells.join(' | ')} |`), '', ...remarksOn(lines)].join('\n')
}

function valuesOf(lines, server, figure, { total }) {
  const own = lines.filter((line) => line.server === server)
  const failed = own.filter(({ error }) => error !== undefined).length
  const results = own.flatMap(({ result }) => (result === undefined || !(figure in result) ? [] : [result]))
  const list = results.map((result) => result[figure])
  if (total === undefined) return { list, failed }
  const sum = (name) => results.reduce((all, result) => all + result[name], 0)
  return { list, failed, sum: list.length === 0 ? null : sum(figure), of: total === true ? null : sum(total) }
}

const OFTEN = Infinity
const sorted = (list) => list.map((value) => value ?? OFTEN).sort((a, b) => a - b)
const median = (list) => sorted(list)[Math.floor((list.length - 1) / 2)]

function cellOf({ list, failed, sum, of }) {
  const errors = failed > 0 ? ` (${failed} failed)` : ''
  if (sum != null) return `${sum}${of == null ? '' : ` of ${of}`}${errors}`
  if (list.length === 0) return failed > 0 ? 'failed' : ''
  const [least, most] = [sorted(list)[0], sorted(list).at(-1)]
  const spread = least === most ? '' : ` (${written(least)}–${written(most)})`
  return `${written(median(list))}${spread}${errors}`
}

function written(value) {
  if (value === OFTEN) return 'never'
  const digits = Number.isInteger(value) ? 0 : Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

function verdictOf({ multilogue, hocuspocus }, target) {
  const own = multilogue?.list.length > 0 ? (multilogue.sum ?? median(multilogue.list)) : null
  const peer = hocuspocus?.list.length > 0 ? (hocuspocus.sum ?? median(hocuspocus.list)) : null
  const ratio = own !== null && peer !== null && target.total === undefined && peer !== 0 ? own / peer : null
  const shown = ratio === null || !Number.isFinite(ratio) ? '' : `${ratio.toFixed(2)} ×`
  if (target.isMet === undefined) return [shown, '']
  const judged = target.ratio === undefined ? own : ratio
  const verdict = judged === null ? '' : target.isMet(judged) ? ', met' : ', **missed**'
  return [shown, `${target.says}${verdict}`]
}

/** What makes a figure doubtful: keys that never came, connections that broke, a generator without air. */
function remarksOn(lines) {
  const doubts = lines.flatMap(({ scenario, server, round, result, error }) => {
    const where = `${scenario}, ${SERVERS[server].title}, round ${round}`
    if (error !== undefined) return [`- ${where}: failed (${error.split('\n').at(-1)}).`]
    const said = []
    if (result.missing > 0) said.push(`${result.missing} keys × readers never came`)
    if (result.hungUp > 0 || result.othersHungUp > 0) said.push('connections were hung up on')
    if (result.otherCores > 0.1) said.push(`other programs used ${written(result.otherCores)} cores`)
    if (result.generatorCores > 0.9) said.push('the load generator was at its own limit')
    return said.length === 0 ? [] : [`- ${where}: ${said.join('; ')}.`]
  })
  return doubts.length === 0 ? [] : ['Not as it should be:', '', ...doubts]
}
