import { Inject, Injectable, type OnModuleInit } from '@nestjs/common'
import { DataSource } from 'typeorm'
import webPush from 'web-push'
import { publicAddress } from '../common/address.js'
import { row } from '../common/sql.js'
import type { Settings } from '../config/settings.js'
import { SETTINGS_TOKEN } from '../config/token.js'

/**
 * The keys by which the services of the browsers' makers know this forum again (VAPID, RFC 8292): made once by
 * whichever server starts first. A browser takes pushes that are signed with the key it was given, and no others.
 */
@Injectable()
export class PushKeys implements OnModuleInit {
  /** Null where nobody is told in the browser. */
  publicKey: string | null = null
  private privateKey = ''
  private readonly services: RegExp[]
  /** Whom a service turns to when something is wrong with the pushes. */
  private readonly subject: string

  constructor(
    private readonly source: DataSource,
    @Inject(SETTINGS_TOKEN) settings: Settings,
  ) {
    const { PUSH_SERVICES, MAIL_FROM } = settings
    this.services = PUSH_SERVICES === 'none' ? [] : PUSH_SERVICES.split(' ').map(patternOf)
    const [, address] = /([^<>\s]+)>?$/.exec(MAIL_FROM ?? '') ?? []
    this.subject = `mailto:${address ?? `postmaster@${new URL(publicAddress(settings)).hostname}`}`
  }

  async onModuleInit(): Promise<void> {
    if (this.services.length === 0) return
    const made = webPush.generateVAPIDKeys()
    await this.source.query(
      `INSERT INTO push_key (public_key, private_key) VALUES ($1, $2) ON CONFLICT (is_the_one) DO NOTHING`,
      [made.publicKey, made.privateKey],
    )
    const kept = await row<typeof made>(
      this.source,
      `SELECT public_key AS "publicKey", private_key AS "privateKey" FROM push_key`,
    )
    this.publicKey = kept!.publicKey
    this.privateKey = kept!.privateKey
  }

  /** A browser could name any address; the server calls none but those of the services that were set. */
  isOfService(endpoint: string): boolean {
    const { origin } = new URL(endpoint)
    return this.services.some((service) => service.test(origin))
  }

  get vapid(): webPush.RequestOptions['vapidDetails'] {
    return { subject: this.subject, publicKey: this.publicKey ?? '', privateKey: this.privateKey }
  }
}

function patternOf(service: string): RegExp {
  const { origin } = new URL(service.replace('*.', ''))
  const [scheme, rest] = origin.split('//') as [string, string]
  const before = service.includes('*.') ? String.raw`([\w-]+\.)+` : ''
  return new RegExp(`^${scheme}//${before}${rest.replaceAll('.', String.raw`\.`)}$`)
}
