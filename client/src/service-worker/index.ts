import { build, files, version } from '$service-worker'
import { showPushes } from './pushes'

/**
 * Lets the pages open without a network, and shows notices while none is open. Only what is the same for everybody is kept here, the built application;
 * what the server answered to a person is in IndexedDB (`lib/local-db.ts`), and removed when the person signs out.
 */
const worker = self as unknown as ServiceWorkerGlobalScope
const CACHE = `multilogue-${version}`
/** Every address is answered with the same page. */
const PAGE = '/'
const KEPT = new Set([...build, ...files])

showPushes(worker)

worker.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([PAGE, ...KEPT])))
})

worker.addEventListener('activate', (event) => {
  event.waitUntil(removeOthers())
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (KEPT.has(pathname)) event.respondWith(fromCache(pathname, request))
  else if (request.mode === 'navigate' && !isForPrograms(pathname)) event.respondWith(pageOf(request))
})

const isForPrograms = (pathname: string) => /^\/(api|healthz|readyz|metrics)(\/|$)/.test(pathname)

async function removeOthers(): Promise<void> {
  const names = await caches.keys()
  await Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)))
}

async function fromCache(path: string, request: Request): Promise<Response> {
  const cache = await caches.open(CACHE)
  return (await cache.match(path)) ?? fetch(request)
}

/** From the network first, so that a new version is seen with the next page. */
async function pageOf(request: Request): Promise<Response> {
  try {
    return await fetch(request)
  } catch (thrown) {
    const kept = await (await caches.open(CACHE)).match(PAGE)
    if (kept) return kept
    throw thrown
  }
}
