import { z } from 'zod'
import { command, openFile, query } from './contract.js'
import { Id, Instant } from './values.js'

/**
 * `round`: every session. `delegation`: with what the delegation has to do by when. `person`: the same for every seat
 * that the person holds.
 */
export const FeedScope = z.enum(['person', 'delegation', 'round'])
export type FeedScope = z.infer<typeof FeedScope>

/** A calendar to subscribe to. Who knows the token may read it; there is no other key. */
export const Feed = z.object({ scope: FeedScope, token: z.string().nullable(), madeAt: Instant.nullable() })
export type Feed = z.infer<typeof Feed>

export const listFeeds = query('calendar.listFeeds', 'GET /rounds/:roundId/calendars', {
  summary: 'The calendars of the acting seat; one without a token has no address yet.',
  input: z.object({ roundId: Id }),
  output: z.array(Feed),
})
export const makeFeed = command('calendar.makeFeed', 'POST /rounds/:roundId/calendars', {
  summary: 'Give a calendar a new address; the one before ends.',
  input: z.object({ roundId: Id, scope: FeedScope }),
  output: Feed,
})
export const getFeed = openFile('calendar.getFeed', 'GET /calendars/:token.ics', {
  summary: 'A calendar as iCalendar (RFC 5545), without sign-in, as long as the seat lasts.',
  input: z.object({ token: z.string().max(100) }),
  media: ['text/calendar'],
})
