import type { Page, WebSocketRoute } from '@playwright/test'
import * as decoding from 'lib0/decoding'
import { expect, freshText, openText, saved, test } from '../support/e2e.js'

const [PRESENCE, CURSORS, KEYS] = [1, 103, 104]

/** What goes over a page's WebSockets to texts: types of frames, and whose cursors the page tells of. */
function listen(page: Page) {
  const heard = { urls: [] as string[], came: new Set<number>(), went: new Set<number>(), toldOf: new Set<number>() }
  page.on('websocket', (socket) => {
    if (!socket.url().includes('/collab/')) return
    heard.urls.push(socket.url())
    socket.on('framereceived', ({ payload }) => {
      // Three bytes of presence, of nobody, keep a quiet line alive.
      if (payload.length > 3) heard.came.add(Number(Buffer.from(payload)[0]))
    })
    socket.on('framesent', ({ payload }) => {
      const frame = decoding.createDecoder(Buffer.from(payload))
      const type = decoding.readVarUint(frame)
      heard.went.add(type)
      if (type !== PRESENCE) return
      decoding.readVarUint(frame) // length
      for (let left = decoding.readVarUint(frame); left > 0; left--) {
        heard.toldOf.add(decoding.readVarUint(frame))
        decoding.readVarUint(frame) // clock
        decoding.readVarString(frame)
      }
    })
  })
  return heard
}

const caretOf = (page: Page, name: RegExp) =>
  page.locator('.caret').filter({ has: page.locator('.caret-label', { hasText: name }) })

test('[CURSOR-1] a caret appears with name and colour, moves, stays while its owner types, and goes', async ({
  as,
}) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  const [heard, said] = [listen(ethiopia), listen(ghana)]
  const theirs = await openText(ethiopia, /^Action plan/)
  const mine = await openText(ghana, /^Action plan/)
  await theirs.locator('p').first().click()
  await mine.locator('p').first().click()
  await ghana.keyboard.press('End')

  const caret = caretOf(ethiopia, /GHA/)
  await expect(caret).toHaveCount(1)
  await expect(theirs.locator('p').first().locator('.caret')).toHaveCount(1)
  expect(await caret.evaluate((element) => element.style.getPropertyValue('--writer'))).not.toBe('')
  const name = await caret.locator('.caret-label').textContent()
  await expect(caretOf(ghana, /ETH/)).toHaveCount(1)
  await expect(caretOf(ghana, /GHA/)).toHaveCount(0)

  await mine.locator('p').last().click()
  await ghana.keyboard.press('End')
  await expect(theirs.locator('p').last().locator('.caret')).toHaveCount(1)
  await expect(caret).toHaveCount(1)
  await expect(caret.locator('.caret-label')).toHaveText(name ?? '')

  await ghana.keyboard.type(' Both see where it is written.', { delay: 15 })
  await expect(theirs).toContainText('Both see where it is written.')
  await expect(theirs.locator('p').last().locator('.caret')).toHaveCount(1)
  await expect(saved(ghana)).toBeVisible()

  expect(heard.urls.every((url) => url.includes('ext=2'))).toBe(true)
  for (const type of [CURSORS, KEYS]) expect(heard.came).toContain(type)
  expect(heard.came).not.toContain(PRESENCE)
  expect(said.went).toContain(KEYS)
  expect(heard.toldOf.size).toBe(1)

  await ghana.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Recommendations' }).click()
  await expect(caret).toHaveCount(0)
  await expect(theirs).toContainText('Both see where it is written.')
})

test('[CURSOR-2] a frame that cannot be read is made up for over a connection with stock frames', async ({ as }) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  const lines: WebSocketRoute[] = []
  await ghana.routeWebSocket(/\/collab\//, (line) => {
    line.connectToServer()
    lines.push(line)
  })
  const mine = await openText(ghana, /^Action plan/)
  const theirs = await openText(ethiopia, /^Action plan/)
  await expect(saved(ghana)).toBeVisible()
  expect(lines.at(-1)?.url()).toContain('ext=2')
  const [insertion, nobody] = [0, 99]
  lines.at(-1)?.send(Buffer.from([KEYS, insertion, nobody, 1, 1, 120]))
  await expect.poll(() => lines.at(-1)?.url()).toContain('ext=1')

  await theirs.locator('p').first().click()
  await ethiopia.keyboard.press('End')
  await ethiopia.keyboard.type(' Read by everybody.')
  await expect(mine).toContainText('Read by everybody.')
  await expect(caretOf(ghana, /ETH/)).toHaveCount(1)
  await mine.locator('p').last().click()
  await ghana.keyboard.press('End')
  await ghana.keyboard.type(' Written all the same.')
  await expect(theirs).toContainText('Written all the same.')
  await expect(saved(ghana)).toBeVisible()
})

test('[CURSOR-3] a click holds although somebody else’s cursor comes in the same moment', async ({ as }) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  await ghana.addInitScript(holdCursors, CURSORS)
  await ghana.reload()
  const mine = await openText(ghana, /^Action plan/)
  const theirs = await openText(ethiopia, /^Action plan/)
  await mine.locator('p').first().click()
  await expect(caretOf(ethiopia, /GHA/)).toHaveCount(1)

  await ghana.evaluate(() => ((window as unknown as Held).holdsCursors = true))
  await theirs.locator('p').nth(1).click()
  await expect.poll(() => ghana.evaluate(() => (window as unknown as Held).heldCursors.length)).toBeGreaterThan(0)
  await mine.locator('p').last().click()
  expect(await ghana.evaluate(() => (window as unknown as Held).drawnCursors)).toBeGreaterThan(0)
  await expect(caretOf(ghana, /ETH/)).toHaveCount(1)
  expect(
    await mine
      .locator('p')
      .last()
      .evaluate((p) => p.contains(getSelection()?.anchorNode ?? null)),
  ).toBe(true)
  await expect(theirs.locator('p').last().locator('.caret')).toHaveCount(1)
})

test('[CURSOR-4] keys that waited for a busy page are written in the order in which they were pressed', async ({
  as,
}) => {
  const ghana = await as('gha.head')
  const editor = await freshText(ghana)
  await ghana.evaluate(() =>
    setTimeout(() => {
      for (const until = performance.now() + 200; performance.now() < until;);
    }),
  )
  await Promise.all(['Enter', ...'Publish.', 'Enter', ...'Report.'].map((key) => ghana.keyboard.press(key)))
  await expect(editor.locator('p')).toHaveText(['', 'Publish.', 'Report.'])
})

interface Held {
  holdsCursors: boolean
  heldCursors: (() => void)[]
  drawnCursors: number
}

/** Once asked to, others' cursors wait until the mouse comes, and are drawn between a click and the browser's word of it. */
function holdCursors(type: number) {
  const page = window as unknown as Held
  page.holdsCursors = false
  page.heldCursors = []
  page.drawnCursors = 0
  const handler = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage')
  Object.defineProperty(WebSocket.prototype, 'onmessage', {
    set(this: WebSocket, hear: (event: MessageEvent) => void) {
      handler?.set?.call(this, (event: MessageEvent) => {
        const isCursor = event.data instanceof ArrayBuffer && new Uint8Array(event.data)[0] === type
        if (isCursor && page.holdsCursors) page.heldCursors.push(() => hear.call(this, event))
        else hear.call(this, event)
      })
    },
  })
  const draw = () => {
    const held = page.heldCursors.splice(0)
    if (held.length > 0) page.holdsCursors = false
    page.drawnCursors += held.length
    held.forEach((hear) => hear())
  }
  addEventListener('pointermove', draw, true)
}
