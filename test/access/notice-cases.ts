import { keepNoticeSetting, seeNotice, seeNotices } from '@multilogue/shared/notices'
import { endBrowser, keepBrowser } from '@multilogue/shared/push'
import { ROLES, kase, type Case, type Here } from './roles.js'

const SETTING = { ways: {}, mail: true, quiet: { from: 22, to: 6 }, digestHour: 7, timeZone: 'Africa/Accra' }

const BROWSER = {
  ...{ endpoint: 'https://fcm.googleapis.com/fcm/send/one', p256dh: `B${'A'.repeat(86)}`, auth: 'A'.repeat(22) },
}

/** What a person was told is the person's alone; what a person wants to be told is everybody's own matter. */
export const noticeCases = (here: Here): Case[] => [
  kase({
    act: seeNotice,
    state: 'of a head',
    may: ['gha.head'],
    hidden: true,
    given: () => here.records.noticeOf('gha.head'),
  }),
  kase({ act: seeNotices, state: 'any', may: ROLES, given: () => Promise.resolve({ upTo: 1 }) }),
  kase({ act: keepNoticeSetting, state: 'any', may: ROLES, given: () => Promise.resolve(SETTING) }),
  kase({ act: keepBrowser, state: 'any', may: ROLES, given: () => Promise.resolve(BROWSER) }),
  kase({ act: endBrowser, state: 'any', may: ROLES, given: () => Promise.resolve({ endpoint: BROWSER.endpoint }) }),
]
