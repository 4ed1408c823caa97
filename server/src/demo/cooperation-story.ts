import { draftListing, moveListing } from '@multilogue/shared/assistance'
import { confirmCommitment } from '@multilogue/shared/commitments'
import type { RawInputOf } from '@multilogue/shared/contract'
import { acceptMatch, activateMatch, addOutcome, proposeMatch, type Match } from '@multilogue/shared/matches'
import type { Demo } from './demo.js'

type Listing = Omit<RawInputOf<typeof draftListing>, 'roundId' | 'language' | 'side'>

const invented = (words: string) => `${words} (Invented for the demo.)`

/** Requests and offers: one triangle at work, one being decided, two requests that wait. All amounts are invented. */
export async function cooperationStory(
  demo: Demo,
  recommendations: { baseline: string; traceable: string },
): Promise<void> {
  const { world, roundId, day } = demo
  const list = async (party: string, side: 'request' | 'offer', listing: Listing) => {
    const head = `${party.toLowerCase()}.head`
    const drafted = await world.do(head, draftListing, { roundId, language: 'en', side, ...listing })
    return world.do(head, moveListing, { listingId: drafted.id, state: 'published', revision: drafted.revision })
  }

  const request = await list('MAR', 'request', {
    title: 'Traceability for argan cooperatives',
    description: invented('Peer advice and seed funding for lot records in Arabic and French.'),
    gap: 'Cooperatives keep no lot records that a buyer would accept.',
    outcome: 'Fifteen cooperatives keep lot records by themselves.',
    readiness: 'Two trainers of the ministry stay with the cooperatives for a year.',
    cooperationType: 'technical_cooperation',
    modalities: ['peer_learning', 'training'],
    sdgTargets: ['5.5'],
    sectors: ['32161'],
    languages: ['fr', 'ar'],
    genderMarker: 2,
    opensOn: day(30),
    closesOn: day(395),
    recommendationId: recommendations.traceable,
  })
  const advice = await list('ETH', 'request', {
    title: 'Advice on an industrial data strategy',
    description: invented('Two resident advisers for the baseline and the data rules.'),
    gap: 'Nobody in the ministry has written rules for industrial data.',
    outcome: 'A unit of four can keep the baseline and the rules up to date.',
    readiness: 'Four posts are filled; an office is there.',
    cooperationType: 'technical_cooperation',
    modalities: ['expert'],
    sdgTargets: ['9.b'],
    sectors: ['32110'],
    languages: ['en'],
    opensOn: day(30),
    closesOn: day(395),
    recommendationId: recommendations.baseline,
  })
  await list('GHA', 'request', {
    title: 'Cosmetics cluster and market survey',
    description: invented('A shared survey of buyers and peers who have built an export consortium.'),
    gap: 'No member can pay for a survey alone, and nobody has led a consortium.',
    outcome: 'The cluster runs its own survey each year.',
    readiness: 'The association names one person for the survey.',
    cooperationType: 'technical_cooperation',
    modalities: ['peer_learning', 'funding'],
    sdgTargets: ['9.3'],
    sectors: ['32130'],
    languages: ['en'],
    genderMarker: 1,
    opensOn: day(30),
    closesOn: day(395),
  })
  await list('PAK', 'request', {
    title: 'Course for cluster managers',
    description: invented('Curriculum and trainers for a first course in Punjab.'),
    gap: 'Clusters are led by people who were never trained for it.',
    outcome: 'Twenty managers lead clusters by a common method.',
    readiness: 'A university in Lahore hosts the course.',
    cooperationType: 'knowledge_sharing',
    modalities: ['training'],
    sdgTargets: ['4.4'],
    sectors: ['11330'],
    languages: ['en'],
  })

  const swiss = await list('CHE', 'offer', {
    title: 'Seed funding for traceable value chains',
    description: invented('For groups that measure results from the start.'),
    experience: 'Cocoa and cotton groups in four countries.',
    cooperationType: 'finance',
    modalities: ['funding'],
    sdgTargets: ['5.5', '9.3'],
    sectors: ['32161'],
    languages: ['en', 'fr'],
    money: { amount: 250_000, currency: 'USD' },
  })
  const peers = await list('TUN', 'offer', {
    title: 'Peers of the Djebba fig label',
    description: invented('Producers and inspectors who built a protected label.'),
    experience: 'The label of Djebba figs, from the first record to the first export.',
    coordination: invented('Switzerland pays for scales and labels; Djebba brings its people and its records.'),
    cooperationType: 'knowledge_sharing',
    modalities: ['peer_learning', 'study_tour'],
    sdgTargets: ['5.5'],
    sectors: ['32161'],
    languages: ['fr', 'ar'],
    inKind: { quantity: 20, unit: 'days' },
  })
  const advisers = await list('IND', 'offer', {
    title: 'Advisers on open public platforms',
    description: invented('Engineers and policy advisers of the first connected districts.'),
    experience: 'Public platforms in three states.',
    cooperationType: 'technical_cooperation',
    modalities: ['expert', 'video_conference'],
    sdgTargets: ['9.b'],
    sectors: ['32110', '22040'],
    languages: ['en'],
    inKind: { quantity: 60, unit: 'days' },
  })
  await list('KOR', 'offer', {
    title: 'Fund for cluster market studies',
    description: invented('Co-financing of surveys that are published openly.'),
    cooperationType: 'finance',
    modalities: ['funding'],
    sdgTargets: ['9.3'],
    sectors: ['32130'],
    languages: ['en'],
    money: { amount: 400_000, currency: 'USD' },
  })
  await list('COL', 'offer', {
    title: 'Peers of export consortia',
    description: invented('Managers of consortia who sell together under one brand.'),
    experience: 'Three consortia in cosmetics and leather.',
    coordination: invented('The fund of the Republic of Korea pays for surveys; peers stay with what comes after.'),
    cooperationType: 'knowledge_sharing',
    modalities: ['peer_learning', 'workshop'],
    sdgTargets: ['9.3'],
    sectors: ['32130'],
    languages: ['en', 'es'],
    inKind: { quantity: 15, unit: 'days' },
  })
  const fund = await list('DEU', 'offer', {
    title: 'Fund for industrial statistics in least developed countries',
    description: invented('Pays for equipment and surveys, not for salaries.'),
    cooperationType: 'finance',
    modalities: ['funding', 'expert'],
    sdgTargets: ['9.b', '17.18'],
    sectors: ['32110', '16062'],
    languages: ['en', 'fr'],
    eligible: ['LDC'],
    money: { amount: 300_000, currency: 'EUR' },
  })

  const broker = (requestId: string, offerIds: string[], scope: string, due: number) =>
    world.do('secretariat', proposeMatch, {
      ...{ requestId, offers: offerIds.map((offerId) => ({ offerId })), scope, dueOn: day(due) },
      interest: 'None.',
    })
  const accept = (match: Match, by: string, gains: string) =>
    world.do(by, acceptMatch, { matchId: match.id, revision: match.revision, gains })

  const figs = await broker(
    request.id,
    [peers.id, swiss.id],
    'Peers of Djebba and the ministry visit each other twice; the fund pays for scales, labels and the first audits.',
    200,
  )
  await accept(figs, 'tun.head', 'Inspectors see how a women-led chain keeps its records.')
  await accept(figs, 'che.head', 'A case that others can copy.')
  const agreed = await accept(figs, 'mar.head', 'Lot records that buyers accept.')
  await world.do('mar.head', addOutcome, {
    matchId: agreed.id,
    activity: 'Two exchange visits and one audit in each cooperative',
    outcome: 'Fifteen cooperatives keep lot records by themselves',
    goal: 'Women’s cooperatives sell under their own traceable lots (SDG 5.5)',
  })
  await world.do('mar.head', activateMatch, { matchId: agreed.id, revision: agreed.revision })
  const confirmed: Record<string, number> = { USD: 200_000, days: 20 }
  for (const { id, unit, provider, revision } of agreed.commitments)
    await world.do(`${provider.code.toLowerCase()}.head`, confirmCommitment, {
      ...{ commitmentId: id, amount: confirmed[unit]!, revision },
    })

  const data = await broker(
    advice.id,
    [advisers.id, fund.id],
    'Advisers stay for two months in each half of the year; the fund pays for the survey.',
    180,
  )
  await accept(data, 'ind.head', 'The platform is tried in another country.')
}
