import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Stage, type Via } from '../support/stage.js'
import { emptyPlace, everyCase, furnish } from './every-case.js'
import { ROLES, type Case, type Role } from './roles.js'

/** What a role that may not is told: by its right, by the state, or that there is nothing when the object is hidden. */
const refusals = ({ no, hidden }: Case) => ['not-allowed', ...(no ? [no] : []), ...(hidden ? ['not-found'] : [])]

/**
 * Role × act × state over one door. For every case the object is made and put into the state, anew after each act that
 * was allowed; each role tries, and exactly those named may. Allowed and refused share their set-up, so nothing is
 * refused for the wrong reason.
 */
export function rightsOver(via: Via): void {
  let stage: Stage
  const here = emptyPlace()
  const CASES = everyCase(here)

  beforeAll(async () => {
    stage = await Stage.open()
    await furnish(here, stage)
  })
  afterAll(() => stage.close())

  describe(`Rights over ${via}`, () => {
    it.each(CASES.map((one) => [`${one.act.name}, ${one.state}`, one] as const))('[RIGHTS] %s', async (_title, one) => {
      const allowed: string[] = []
      let input: Awaited<ReturnType<Case['given']>> | undefined
      for (const role of ROLES) {
        // A refused act has changed nothing: the next role finds the object as it was.
        input ??= await one.given()
        const answer = await stage.call(role, one.act, input, { via })
        if (answer.says === 'ok') {
          allowed.push(role)
          input = undefined
        } else if (role === 'outsider') expect(answer.says).toBe('not-found')
        else
          expect({ role, says: refusals(one).includes(answer.says) ? 'refused' : answer.says }).toEqual({
            role,
            says: 'refused',
          })
      }
      expect(allowed).toEqual(ROLES.filter((role) => one.may.includes(role)))
    })

    it('[RIGHTS] in a state that refuses, even those who otherwise may are told the state', async () => {
      const entitled: Partial<Record<string, Role>> = {
        'rounds.conductSession': 'chair',
        'rounds.addAgendaItem': 'secretariat',
        'rounds.setCredentials': 'secretariat',
        'dialogue.postMessage': 'gha.head',
        'dialogue.editMessage': 'gha.head',
        'documents.syncDocument': 'facilitator',
        'exchange.importText': 'facilitator',
        'exchange.proposeFromFile': 'gha.head',
        'history.restoreText': 'facilitator',
        'negotiation.draftProposal': 'gha.head',
        'negotiation.takePosition': 'gha.head',
        'negotiation.incorporateProposal': 'facilitator',
        'negotiation.setParagraphStatus': 'facilitator',
        'negotiation.issueDocument': 'gha.head',
        'plans.adoptPlan': 'chair',
        'plans.draftFromRecommendations': 'facilitator',
        'recommendations.reviseRecommendation': 'gha.head',
        'recommendations.adoptRecommendation': 'chair',
        'recommendations.respond': 'gha.head',
        'followUp.submitReport': 'gha.head',
        'followUp.reviseReport': 'gha.head',
        'followUp.reviewReport': 'secretariat',
      }
      for (const one of CASES.filter((c) => c.may.length === 0)) {
        const role = one.entitled ?? entitled[one.act.name]!
        const answer = await stage.call(role, one.act, await one.given(), { via })
        expect({ act: one.act.name, says: answer.says }).toEqual({ act: one.act.name, says: one.no })
      }
    })
  })
}
