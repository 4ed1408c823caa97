/** What the server says of a notice (`server/src/notices/push.sender.ts`). */
interface Told {
  number: number
  title: string
  body: string
  lang: string
  dir: 'ltr' | 'rtl'
}

/** Shows notices while no page is open. The same notice replaces itself, should it come twice. */
export function showPushes(worker: ServiceWorkerGlobalScope): void {
  worker.addEventListener('push', (event) => {
    if (!event.data) return
    const { number, title, body, lang, dir } = event.data.json() as Told
    const shown = { body, lang, dir, tag: String(number), icon: '/icon.svg', data: number }
    event.waitUntil(worker.registration.showNotification(title, shown))
  })

  worker.addEventListener('notificationclick', (event) => {
    event.notification.close()
    // In a page of its own: what somebody is writing in another one stays as it is.
    event.waitUntil(worker.clients.openWindow(`/notices/${String(event.notification.data)}`))
  })
}
