import { expect, openText, saved, test } from '../support/e2e.js'
import { Gate } from '../support/gate.js'
import { watchStates } from '../support/watch-words.js'

test('[RESTART-1] servers that are replaced one by one are not noticed by people who type', async ({ as, forum }) => {
  test.setTimeout(180_000)
  const gate = await Gate.before(forum.address)
  const [ghana, ethiopia] = await Promise.all([
    as('gha.head', { baseURL: gate.address }),
    as('eth.head', { baseURL: gate.address }),
  ])
  const [one, two] = await Promise.all([openText(ghana, /^Action plan/), openText(ethiopia, /^Action plan/)])
  await one.locator('p').last().click()
  await ghana.keyboard.press('End')
  await expect(saved(ghana)).toBeVisible()
  const said = await watchStates(ghana)

  const words = ' One sentence is typed on and on while the servers below it are replaced, and every letter arrives.'
  const second = await forum.beside()
  const typing = ghana.keyboard.type(words, { delay: 30 })
  gate.leadTo(second.address)
  await forum.stop()
  await typing
  await expect(two).toContainText(words.trim())
  await expect(saved(ghana)).toBeVisible()
  await ethiopia.reload()
  await expect(ethiopia.getByRole('textbox', { name: /^Text:/ })).toContainText(words.trim())
  const heard = (await said()).join(' | ')
  expect(heard).not.toMatch(/Offline|No connection|not be the latest|Slow line/)
  expect(heard).toMatch(/Saving/)

  await second.close()
  await forum.start()
  await gate.close()
})
