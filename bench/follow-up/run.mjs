/*
 * Measures how long it takes to rank the offers of a round for one request, while there are more and more of them.
 * They are made through the same door as everybody's, with invented values; figures are over all askings of a size.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { median, percentile } from '../figures.mjs'
import { startProduct } from '../product.mjs'

const { values: options } = parseArgs({ options: { offers: { type: 'string', default: '3000' } } })
const most = Number(options.offers)
const SIZES = [most / 12, most / 3, most].map(Math.round)
const ASKED = 60
const MODALITIES = ['expert', 'training', 'peer_learning', 'study_tour', 'funding', 'workshop']
const SECTORS = ['32110', '32120', '32130', '32161', '11330', '22040']
const TARGETS = ['9.b', '9.3', '5.5', '4.4', '17.6', '8.2']
const LANGUAGES = ['en', 'fr', 'es', 'ar']

const some = (list, at, count) => Array.from({ length: count }, (_, step) => list[(at + step * 5) % list.length])
const offer = (roundId, at) => ({
  ...{ roundId, side: 'offer', title: `Offer ${at}`, description: 'Made up for a measurement.', language: 'en' },
  ...{ cooperationType: 'technical_cooperation', modalities: [...new Set(some(MODALITIES, at, 2))] },
  ...{ sectors: [...new Set(some(SECTORS, at, 2))], sdgTargets: [...new Set(some(TARGETS, at, 2))] },
  ...{ languages: [...new Set(some(LANGUAGES, at, 2))], eligible: at % 5 === 0 ? ['LDC'] : [] },
  ...{ inKind: { quantity: 10 + (at % 30), unit: 'days' }, experience: at % 3 === 0 ? 'Told.' : '' },
})

const folder = path.join(os.tmpdir(), `multilogue-bench-${process.pid}`)
const { tree, heads } = await startProduct(folder)
try {
  const [{ id: roundId }] = await heads[0].call('GET', '/rounds')
  const listings = await heads[0].call('GET', `/listings?roundId=${roundId}`)
  const request = listings.find(({ side, state }) => side === 'request' && state === 'published')
  let made = listings.filter(({ side }) => side === 'offer').length
  console.log('offers   candidates   median ms   p95 ms')
  for (const size of SIZES) {
    await Promise.all(
      heads.map(async ({ call }) => {
        while (made < size) {
          const { id, revision } = await call('POST', '/listings', offer(roundId, made++))
          await call('PATCH', `/listings/${id}`, { state: 'published', revision })
        }
      }),
    )
    const took = []
    let counts
    for (let at = 0; at < ASKED + 5; at++) {
      const began = performance.now()
      ;({ counts } = await heads[0].call('GET', `/listings/${request.id}/ranking`))
      // The first ones warm up.
      if (at >= 5) took.push(performance.now() - began)
    }
    const cells = [counts.candidates + counts.excluded, counts.candidates, median(took), percentile(took, 0.95)]
    console.log(cells.map((cell, at) => String(Math.round(cell * 10) / 10).padEnd([9, 13, 12, 0][at])).join(''))
  }
} finally {
  await tree.stop()
  fs.rmSync(folder, { recursive: true, force: true })
}
