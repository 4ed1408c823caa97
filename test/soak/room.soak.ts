import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { it } from '@jest/globals'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from '../../scripts/chromium.mjs'
import { pick, randomFrom } from '../collab/random.js'
import { MortalServer } from '../system/mortal-server.js'
import { RoomAt } from './room-at.js'

/*
 * A session of twelve delegations and their chair, each in a browser of its own, while lines are cut and the server is
 * killed. At the end all screens, what the server answers to each and what was acknowledged must agree.
 */

const SEED = Number(process.env.SOAK_FIRST ?? 1)
const MINUTES = Number(process.env.SOAK_COUNT ?? 10)
const CODES = ['gha', 'eth', 'mar', 'tun', 'col', 'mex', 'ind', 'idn', 'pak', 'kor', 'deu', 'che']
const SETTLES_MS = 60_000

const say = (sentence: string): boolean => process.stdout.write(`${sentence}\n`)

it(
  'twelve delegations and their chair end with one truth',
  async () => {
    const random = randomFrom(SEED)
    const server = await MortalServer.open()
    const browser = await chromium.launch(launchOptions())
    try {
      const room = await RoomAt.of(server)
      const people = await Promise.all(
        [...CODES.map((code) => `${code}.head`), 'chair'].map(async (who) => ({
          who,
          ...(await opened(await browser.newContext({ serviceWorkers: 'block' }), server, room, who)),
        })),
      )
      let goesOn = true
      const acts = people.map(({ who }) => take(room, who, random, () => goesOn))
      const counts = { cuts: 0, kills: 0 }
      const end = Date.now() + MINUTES * 60_000
      while (Date.now() < end) {
        await sleep(5000 + random(10_000))
        if (random(3) === 0) {
          const victim = pick(random, ['server', 'server and database'] as const)
          await server.kill(victim)
          await sleep(random(4000))
          await server.start()
          counts.kills++
        } else {
          const away = people.filter(() => random(3) === 0)
          for (const { context } of away) await context.setOffline(true)
          await sleep(3000 + random(9000))
          for (const { context } of away) await context.setOffline(false)
          counts.cuts += away.length
        }
      }
      goesOn = false
      await Promise.all(acts)
      const { statements, turns, votes } = room.acknowledged
      say(
        `${MINUTES} minutes: ${counts.kills} kills, ${counts.cuts} cuts; acknowledged: ${statements.length} statements, ${turns} turns, ${votes} votes`,
      )

      const truth = await room.truth()
      const missing = statements.filter((words) => truth.statements.filter((one) => one === words).length !== 1)
      if (missing.length > 0) throw new Error(`not there exactly once: ${missing.join(' | ')}`)
      for (const { who, page } of people) await agrees(page, who, truth)
      say(`${people.length} screens agree: ${truth.statements.length} statements, list: ${truth.listed.join(' ')}`)
    } finally {
      await browser.close()
      await server.close()
    }
  },
  2 ** 31 - 1,
)

async function opened(context: BrowserContext, server: MortalServer, room: RoomAt, who: string) {
  const [name = '', value = ''] = (await server.cookieOf(who)).split('=')
  await context.addCookies([{ name, value, url: server.address }])
  await context.addInitScript(() => localStorage.setItem('multilogue.language', 'en'))
  const page = await context.newPage()
  await page.goto(`${server.address}/sessions/${room.sessionId}`)
  await page.getByRole('article').first().waitFor()
  return { context, page }
}

/** What one person does until the end, each act until it is acknowledged. */
async function take(room: RoomAt, who: string, random: (below: number) => number, goesOn: () => boolean) {
  for (let number = 1; goesOn(); number++) {
    await sleep(1500 + random(6000))
    if (who === 'chair') await pick(random, [() => room.nextTurn(), () => room.nextTurn(), () => room.poll()])()
    else
      await pick(random, [
        () => room.state(who, `${who} ${number} ${randomUUID()}`),
        () => room.askOrWithdraw(who),
        () => room.vote(who, pick(random, ['yes', 'no', 'abstain'] as const)),
      ])()
  }
}

/** @throws when a screen does not come to show what is true */
async function agrees(page: Page, who: string, truth: Awaited<ReturnType<RoomAt['truth']>>) {
  const shown = () =>
    page.evaluate(() => ({
      statements: [...document.querySelectorAll('article.statement')].map((one) => one.textContent ?? ''),
      speaker: document.querySelector('.speakers .current')?.textContent ?? '',
      listed: [...document.querySelectorAll('.speakers .next li')].map((one) => one.textContent ?? ''),
    }))
  const until = Date.now() + SETTLES_MS
  for (;;) {
    const screen = await shown()
    const faults = [
      ...(screen.statements.length === truth.statements.length ? [] : [`${screen.statements.length} statements`]),
      // Replies are shown below what they answer.
      ...truth.statements.filter((words) => screen.statements.filter((one) => one.includes(words)).length !== 1),
      ...(screen.speaker.includes(truth.speaker) ? [] : [`speaker: ${screen.speaker}`]),
      ...truth.listed.slice(0, screen.listed.length).filter((name, at) => !screen.listed[at]?.includes(name)),
      ...(screen.listed.length === Math.min(3, truth.listed.length) ? [] : [`listed: ${screen.listed.join(' ')}`]),
    ]
    if (faults.length === 0) return
    if (Date.now() > until) {
      const main = await page.locator('main').innerText()
      throw new Error(`${who} is shown something else: ${faults.slice(0, 3).join(' | ')}\n${page.url()}\n${main}`)
    }
    await sleep(500)
  }
}
