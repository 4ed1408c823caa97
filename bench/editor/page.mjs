/* What is measured in the browser. All times are the page's own, in milliseconds. */

const READABLE = 40

/** Begins before the page's own code: when words can first be read, and when its sockets of texts open. */
export async function watch(page) {
  await page.addInitScript((letters) => {
    const seen = { readable: undefined, socket: undefined }
    globalThis.seen = seen
    const look = () => {
      const paragraph = [...document.querySelectorAll('p')].find((p) => (p.textContent ?? '').length > letters)
      if (!paragraph) return requestAnimationFrame(look)
      // The frame after the one in which it was laid out.
      requestAnimationFrame(() => (seen.readable = performance.now()))
    }
    requestAnimationFrame(look)
    globalThis.WebSocket = class extends globalThis.WebSocket {
      constructor(url, protocols) {
        super(url, protocols)
        if (!String(url).includes('socket.io'))
          this.addEventListener('open', () => (seen.socket ??= performance.now()), { once: true })
      }
    }
  }, READABLE)
}

/** @returns {readable, socket} since the navigation began */
export async function opened(page) {
  await page.waitForFunction(
    () => globalThis.seen.readable !== undefined && globalThis.seen.socket !== undefined,
    null,
    {
      timeout: 120_000,
    },
  )
  return page.evaluate(() => globalThis.seen)
}

/**
 * Types into the middle of the text.
 * @returns for each key, from the moment that the browser took it: `worked`, until the page's thread has changed the
 *          text and laid it out; `painted`, until the frame with it was made
 */
export async function typeKeys(page, editor, keys, gap) {
  await page.locator(editor).waitFor({ timeout: 120_000 })
  await page.waitForFunction((at) => document.querySelectorAll(`${at} p`).length > 300, editor, { timeout: 60_000 })
  await page.evaluate((at) => {
    const paragraphs = document.querySelectorAll(`${at} > p`)
    const words = paragraphs[Math.floor(paragraphs.length / 2)]
    words.scrollIntoView({ block: 'center' })
    document.querySelector(at).focus()
    const [letters] = [...words.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE)
    getSelection().collapse(letters ?? words, letters ? 20 : 0)
    const taken = []
    globalThis.taken = taken
    let pressed = 0
    addEventListener('keydown', (event) => (pressed = event.timeStamp), true)
    addEventListener(
      'input',
      () => {
        const key = { pressed }
        taken.push(key)
        const done = (then) => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = then
          port2.postMessage(0)
        }
        done(() => {
          void document.body.offsetHeight
          key.worked = performance.now() - key.pressed
        })
        requestAnimationFrame(() => done(() => (key.painted = performance.now() - key.pressed)))
      },
      true,
    )
  }, editor)
  for (let at = 0; at < keys; at++) {
    await page.keyboard.press('abcdefgh '[at % 9] === ' ' ? 'Space' : 'abcdefgh'[at % 9])
    await page.waitForTimeout(gap * (0.5 + Math.random()))
  }
  const taken = await page.evaluate(() => globalThis.taken)
  if (taken.length < keys) throw new Error(`The editor took ${taken.length} of ${keys} keys.`)
  return taken
}

/** @returns from the press of the button until every proposal stands below its paragraph and the view is laid out */
export function openCompilation(page, proposals) {
  return page.evaluate(async (many) => {
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent }) => textContent?.trim() === 'Compilation',
    )
    const began = performance.now()
    button.click()
    const until = began + 20_000
    while (document.querySelectorAll('ol.text .proposal').length < many) {
      if (performance.now() > until) throw new Error('The proposals did not come.')
      await new Promise(requestAnimationFrame)
    }
    void document.body.offsetHeight
    return performance.now() - began
  }, proposals)
}

/** Compressed bytes of script that the page has loaded, by address. */
export async function scripts(page) {
  const entries = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .map(({ name, encodedBodySize }) => [name, encodedBodySize]),
  )
  return new Map(entries)
}

/** A phone: a processor of a quarter, 1.6 Mbit/s, 300 ms there and back. */
export async function asPhone(page) {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Network.enable')
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 300,
    downloadThroughput: (1.6 * 1000 * 1000) / 8,
    uploadThroughput: (0.75 * 1000 * 1000) / 8,
  })
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
}
