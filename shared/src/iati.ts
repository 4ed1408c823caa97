import { file } from './contract.js'
import { z } from 'zod'
import { Id } from './values.js'

export const exportActivities = file('iati.exportActivities', 'GET /rounds/:roundId/iati', {
  summary:
    'The agreed matches of a round as activities of IATI 2.03: who, where, what for, promises in money as transactions, ' +
    'capacities as results.',
  input: z.object({ roundId: Id }),
  media: ['application/xml'],
})
