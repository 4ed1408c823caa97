import { keepNoticeSetting, listNotices, seeNotices } from '@multilogue/shared/notices'
import type { Demo } from './demo.js'

/** Notices come of what has happened in the demo itself. Ghana has read the older half; its adviser sleeps at night. */
export async function noticesStory({ world }: Demo): Promise<void> {
  const told = await world.do('gha.head', listNotices, {})
  const middle = told[Math.floor(told.length / 2)]
  if (middle) await world.do('gha.head', seeNotices, { upTo: middle.number })
  await world.do('gha.adviser', keepNoticeSetting, {
    ...{ ways: { comment_answered: { app: true, mail: 'direct', push: true } }, mail: true },
    ...{ quiet: { from: 21, to: 6 }, digestHour: 7, timeZone: 'Africa/Accra' },
  })
}
