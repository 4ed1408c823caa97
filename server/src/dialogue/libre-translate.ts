import type { Language } from '@multilogue/shared/language'
import { written } from '@multilogue/shared/values'
import { z } from 'zod'
import type { Translator } from './translator.js'

/** A paragraph takes a small server a few seconds; nobody waits longer than this. */
const WITHIN_MS = 15_000

const Answer = z.object({ translatedText: written(20_000).min(1) })

/** https://docs.libretranslate.com: `POST /translate`. Its codes of the six languages are ours. */
export class LibreTranslate implements Translator {
  private readonly address: URL

  /** @param url  of the server, with or without a path */
  constructor(
    url: string,
    private readonly key: string | undefined,
  ) {
    this.address = new URL('translate', url.endsWith('/') ? url : `${url}/`)
  }

  async translate(words: string, from: Language, to: Language): Promise<string> {
    const response = await fetch(this.address, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ q: words, source: from, target: to, format: 'text', api_key: this.key }),
      // The key goes nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(WITHIN_MS),
    })
    if (!response.ok) {
      await response.body?.cancel()
      throw Object.assign(new Error('The translation service refused.'), { code: String(response.status) })
    }
    return Answer.parse(await response.json()).translatedText
  }
}
