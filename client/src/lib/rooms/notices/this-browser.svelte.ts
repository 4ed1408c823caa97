import { endBrowser, keepBrowser } from '@multilogue/shared/push'
import { call } from '$lib/api'

/** The person who is told in this browser. */
const KEPT = 'multilogue.told-here'

/** The browser cannot be told, its owner has forbidden it, or the person is told in it or not. */
export type Told = 'unsupported' | 'refused' | 'off' | 'on'

const isSupported = () => 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

/** This browser, as one in which a person is told of notices while no page is open. */
class ThisBrowser {
  told = $state<Told>('off')

  look(personId: string): void {
    if (!isSupported()) this.told = 'unsupported'
    else if (Notification.permission === 'denied') this.told = 'refused'
    else this.told = localStorage.getItem(KEPT) === personId && Notification.permission === 'granted' ? 'on' : 'off'
  }

  /**
   * Asks the browser, which asks its owner, and tells the server.
   * @throws ProblemError when the server refuses, and the browser's own error when it cannot reach its service
   */
  async start(personId: string, key: string): Promise<void> {
    if ((await Notification.requestPermission()) === 'granted') {
      await keep(key)
      localStorage.setItem(KEPT, personId)
    }
    this.look(personId)
  }

  async stop(personId: string): Promise<void> {
    localStorage.removeItem(KEPT)
    const subscription = await subscribed()
    await subscription?.unsubscribe()
    if (subscription) await call(endBrowser, { endpoint: subscription.endpoint })
    this.look(personId)
  }

  /**
   * Somebody has signed in, or is still signed in: the server learns under which sign-in the browser is told, and its
   * new address if it has one. What somebody else has left on is switched off.
   */
  async goOn(personId: string, key: () => Promise<string | null>): Promise<void> {
    const kept = localStorage.getItem(KEPT)
    if (!isSupported() || kept === null) return
    if (kept !== personId) return this.leave()
    const known = Notification.permission === 'granted' ? await key() : null
    if (known) await keep(known)
  }

  /** The person signs out: the server knows of it by that; the browser forgets its address. */
  async leave(): Promise<void> {
    if (!isSupported() || localStorage.getItem(KEPT) === null) return
    localStorage.removeItem(KEPT)
    await (await subscribed())?.unsubscribe()
  }
}

async function subscribed(): Promise<PushSubscription | null> {
  const registration = await navigator.serviceWorker.getRegistration()
  return (await registration?.pushManager.getSubscription()) ?? null
}

async function keep(key: string): Promise<void> {
  // Where the service worker was refused, the browser would wait for it without end.
  if (!(await navigator.serviceWorker.getRegistration())) throw new Error('There is no service worker.')
  const { pushManager } = await navigator.serviceWorker.ready
  const wanted = { userVisibleOnly: true, applicationServerKey: key }
  // A forum that has another key than before is another sender to the browser.
  const subscription = await pushManager.subscribe(wanted).catch(async (thrown: unknown) => {
    if (!(await (await pushManager.getSubscription())?.unsubscribe())) throw thrown
    return pushManager.subscribe(wanted)
  })
  const { endpoint, keys } = subscription.toJSON()
  await call(keepBrowser, { endpoint: endpoint!, p256dh: keys!.p256dh!, auth: keys!.auth! }, { key: null })
}

export const thisBrowser = new ThisBrowser()
