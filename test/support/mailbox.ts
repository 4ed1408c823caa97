import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail server that keeps what it takes. */
export class Mailbox {
  readonly mails: Email[] = []
  /** How many are refused for now before the next one is taken. */
  refuses = 0
  refused = 0

  private constructor(
    private readonly server: SMTPServer,
    readonly url: string,
  ) {}

  static async open(): Promise<Mailbox> {
    const server = new SMTPServer({
      ...{ disabledCommands: ['AUTH', 'STARTTLS'], logger: false },
      onData: (stream, _session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (box.refused < box.refuses) {
            box.refused++
            return done(Object.assign(new Error('Try again later'), { responseCode: 451 }))
          }
          void PostalMime.parse(Buffer.concat(parts)).then((mail) => {
            box.mails.push(mail)
            done()
          })
        })
      },
    })
    const port = await new Promise<number>((resolve) => {
      const listening = server.listen(0, '127.0.0.1', () => resolve((listening.address() as { port: number }).port))
    })
    const box = new Mailbox(server, `smtp://127.0.0.1:${port}`)
    return box
  }

  to(who: string): Email[] {
    return this.mails.filter(({ to }) => to?.some(({ address }) => address === `${who}@demo.test`))
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve))
  }
}

export const headerOf = (mail: Email | undefined, name: string): string | undefined =>
  mail?.headers.find(({ key }) => key === name)?.value
