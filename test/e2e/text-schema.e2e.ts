import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { EXTRA } from '@multilogue/shared/collab'
import { MARKS, NODES } from '@multilogue/shared/text-schema'
import * as Y from 'yjs'
import { expect, openText, saved, test } from '../support/e2e.js'

test.use({ forumOf: 'text-schema' })

/** Lets the page believe that the server knows more than the page does, while it is so. */
async function asOfNextYear(page: Page, isSo: () => boolean = () => true): Promise<void> {
  await page.routeWebSocket(/\/collab\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((frame) => server.send(frame))
    server.onMessage((frame) => {
      if (typeof frame === 'string' || frame[0] !== EXTRA.rights || !isSo()) return socket.send(frame)
      const said = JSON.parse(frame.subarray(1).toString()) as { schema: number }
      const newer = JSON.stringify({ ...said, schema: said.schema + 1 })
      socket.send(Buffer.concat([Buffer.from([EXTRA.rights]), Buffer.from(newer)]))
    })
  })
  await page.reload()
}

/** Merges as a program of a later version would. @returns the names of the text's top nodes */
async function exchange(page: Page, write?: (blocks: Y.XmlFragment) => void): Promise<string[]> {
  const doc = new Y.Doc()
  const merge = async (update?: Uint8Array) => {
    const answer = await page.request.post(`/api${new URL(page.url()).pathname}/sync`, {
      headers: { 'idempotency-key': randomUUID() },
      data: update ? { update: Buffer.from(update).toString('base64') } : {},
    })
    expect(answer.ok()).toBe(true)
    const { update: missing } = (await answer.json()) as { update: string }
    Y.applyUpdate(doc, Buffer.from(missing, 'base64'))
  }
  await merge()
  if (write) {
    const before = Y.encodeStateVector(doc)
    write(doc.getXmlFragment('default'))
    await merge(Y.encodeStateAsUpdate(doc, before))
  }
  return doc
    .getXmlFragment('default')
    .toArray()
    .map((node) => (node as Y.XmlElement).nodeName)
}

test('[SCHEMA-1] what the editor knows is what the version stands for', async ({ as }) => {
  const page = await as('gha.head')
  const editor = await openText(page, /^Action plan/)
  const known = await editor.evaluate((element) => {
    interface Spec {
      spec: { attrs?: object }
    }
    interface Drawn {
      editor: { schema: { nodes: Record<string, Spec>; marks: Record<string, Spec> } }
    }
    const { nodes, marks } = (element as unknown as Drawn).editor.schema
    const attributes = Object.entries(nodes).map(([name, { spec }]) => [name, Object.keys(spec.attrs ?? {}).sort()])
    return { nodes: Object.fromEntries(attributes) as Record<string, string[]>, marks: Object.keys(marks).sort() }
  })
  const { doc: _doc, text: _text, ...nodes } = known.nodes
  expect(nodes).toEqual(Object.fromEntries(Object.entries(NODES).map(([name, names]) => [name, [...names].sort()])))
  expect(known.marks).toEqual([...MARKS].sort())
})

test('[SCHEMA-2] a page that is older than the server reads, writes nothing, and deletes nothing', async ({ as }) => {
  const [ghana, ethiopia] = await Promise.all([as('gha.head'), as('eth.head')])
  await openText(ethiopia, /^Action plan/)
  const address = ethiopia.url()
  const words = await ethiopia.locator('.text-body p').first().textContent()
  // An editor of this version would delete what is written next.
  await ethiopia.close()
  await asOfNextYear(ghana)
  await ghana.goto(address)
  const again = ghana.getByRole('button', { name: 'Load again to write' })
  await expect(again).toBeVisible()
  await expect(ghana.locator('.text-body p').first()).toHaveText(words!)
  await expect(ghana.locator('[contenteditable="true"]')).toHaveCount(0)
  expect(await exchange(ghana, (blocks) => blocks.insert(1, [new Y.XmlElement('poll')]))).toContain('poll')
  await ghana.reload()
  await expect(again).toBeVisible()
  expect(await exchange(ghana)).toContain('poll')
})

test('[SCHEMA-3] a page that was open before reads on, and its words are sent when it is loaded anew', async ({
  as,
  forum,
}) => {
  test.setTimeout(180_000)
  const page = await as('mar.head')
  let isUpdated = false
  await asOfNextYear(page, () => isUpdated)
  const editor = await openText(page, /^Vision statement/)
  await expect(saved(page)).toBeVisible()
  await forum.kill()
  await editor.locator('p').first().click()
  await page.keyboard.press('End')
  await page.keyboard.type(' Written before the update.')
  isUpdated = true
  await forum.start()
  const again = page.getByRole('button', { name: 'Load again to write' })
  await expect(again).toBeVisible({ timeout: 30_000 })
  await expect(page.locator('[contenteditable="true"]')).toHaveCount(0)
  isUpdated = false
  await again.click()
  await expect(editor).toContainText('Written before the update.')
  await expect(saved(page)).toBeVisible()
  const other = await openText(await as('eth.head'), /^Vision statement/)
  await expect(other).toContainText('Written before the update.')
})
