import { makeRecommendation, succeedRecommendations } from '@multilogue/shared/recommendations'
import { readIn } from '@multilogue/shared/register'
import type { Demo } from './demo.js'

const invented = (words: string) => `${words} (Invented for the demo.)`

/** The register of recommendations as the secretariat keeps it. */
export async function registerStory(demo: Demo): Promise<void> {
  await merged(demo)
  await readFromFile(demo)
}

/** Two delegations have proposed nearly the same; the secretariat makes one of both. */
async function merged({ world, roundId, delegations, day }: Demo): Promise<void> {
  const propose = async (by: string, title: string, addressee: string) => {
    const { id: recommendationId, revision } = await world.do(by, makeRecommendation, {
      ...{ roundId, language: 'en', force: 'voluntary', title, addresseeIds: [delegations[addressee]!] },
      action: invented('Open one catalogue of courses for managers of small firms.'),
      sdgTargets: ['4.4'],
    })
    return { recommendationId, revision }
  }
  const from = [
    await propose('ind.head', 'Share courses on digital bookkeeping', 'IND'),
    await propose('idn.head', 'Courses on digital bookkeeping for small firms', 'IDN'),
  ]
  await world.do('secretariat', succeedRecommendations, {
    ...{ roundId, act: 'merged', from },
    reason: 'Both ask for the same catalogue of courses.',
    into: [
      {
        ...{ kind: 'new', language: 'en', force: 'voluntary', priority: 'high' },
        title: 'Keep one catalogue of courses on digital bookkeeping for small firms',
        action: invented('List the courses of all members in one catalogue and add at least two languages.'),
        rationale: 'The same course is written several times each year.',
        owner: 'Ministries of industry of India and Indonesia',
        dueOn: day(300),
        measure: 'One catalogue with forty courses in four languages',
        sdgTargets: ['4.4', '9.3'],
        addresseeIds: [delegations.IND!, delegations.IDN!],
      },
    ],
  })
}

/** Two that a ministry has sent in a table. */
async function readFromFile({ world, roundId, day }: Demo): Promise<void> {
  const table = [
    'title,action,addressees,force,priority,owner,dueOn,measure,sdgTargets',
    `Publish one list of public testing laboratories,${invented('List them with what they test.')},TUN,voluntary,medium,Ministry of Industry,${day(240)},One list in two languages,9.5`,
    `Let small firms share testing equipment,${invented('Agree on hours and fees.')},MEX; COL,voluntary,low,Chambers of industry,${day(420)},Ten shared machines,9.3; 12.6`,
  ].join('\n')
  const file = Buffer.from(table).toString('base64')
  await world.do('secretariat', readIn, { roundId, language: 'en', fileName: 'laboratories.csv', file })
}
