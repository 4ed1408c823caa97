import 'reflect-metadata'
import { CLIENT_BUILD, createApp } from '../../server/dist/app.js'
import { Clock } from '../../server/dist/common/clock.js'
import { createLog } from '../../server/dist/common/log.js'
import { readSettings } from '../../server/dist/config/settings.js'
import { createSource, migrate } from '../../server/dist/database/data-source.js'
import { makeDemo } from '../../server/dist/demo/demo.js'

/*
 * The server as it is, but its clock: it runs from where it is set while the demo round is made, and then stands
 * wherever the parent process puts it, so that a browser can be at the exact second of a deadline.
 */
class SetClock extends Clock {
  #ahead
  #stands
  constructor(instant) {
    super()
    this.#ahead = Date.parse(instant) - Date.now()
  }
  now() {
    return this.#stands ? new Date(this.#stands) : new Date(Date.now() + this.#ahead)
  }
  stand(instant) {
    this.#stands = instant
  }
}

const settings = readSettings(process.env)
const source = await createSource(settings.DATABASE_URL, 10).initialize()
await migrate(source)
const clock = new SetClock(process.env.CLOCK)
const log = createLog(settings.LOG_LEVEL)
const app = await createApp({ settings, source, clock, log, sessionKey: settings.SESSION_SECRET }, CLIENT_BUILD, true)
await makeDemo(app)
await app.listen(settings.PORT, settings.HOST)
process.on('message', (instant) => {
  clock.stand(instant)
  process.send(instant)
})
process.on('SIGTERM', () => void app.close().then(() => process.exit(0)))
process.stdout.write('Multilogue is ready\n')
