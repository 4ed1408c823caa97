import { nameFocalPoint } from '@multilogue/shared/countries'
import { getRound } from '@multilogue/shared/rounds'
import type { Demo } from './demo.js'

/** Whom to turn to in three delegations. */
export async function countriesStory({ world, roundId, delegations }: Demo): Promise<void> {
  const { delegations: all } = await world.do('secretariat', getRound, { roundId })
  const seatOf = (code: string, role: string) =>
    all.find((one) => one.code === code)!.members.find((member) => member.role === role)!.seatId
  const named = [
    ['GHA', 'adviser', 'Cluster policy and value chains', ['en', 'fr'], 'Africa/Accra'],
    ['ETH', 'head', 'Industrial data', ['en'], 'Africa/Addis_Ababa'],
    ['MAR', 'adviser', "Women's cooperatives and traceability", ['ar', 'fr'], 'Africa/Casablanca'],
  ] as const
  for (const [code, role, topic, languages, timeZone] of named)
    await world.do(`${code.toLowerCase()}.head`, nameFocalPoint, {
      ...{ delegationId: delegations[code]!, seatId: seatOf(code, role), topic, languages: [...languages], timeZone },
    })
}
