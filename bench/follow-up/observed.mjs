/*
 * Loaded into the server before its own code: writes down every statement that it asks of its database, so that its
 * plan can be looked at, and makes public answers anew each time, so that what is timed is never a kept one.
 */
import fs from 'node:fs'
import pg from 'pg'
import { PublicAnswers } from '../../server/dist/http/public-answers.js'

const { query } = pg.Client.prototype
pg.Client.prototype.query = function (...asked) {
  const [first, values] = asked
  const text = typeof first === 'string' ? first : first.text
  const file = process.env.BENCH_STATEMENTS
  if (file && fs.existsSync(file))
    fs.appendFileSync(file, `${JSON.stringify({ text, values: values ?? first.values ?? [] })}\n`)
  return query.apply(this, asked)
}

PublicAnswers.prototype.get = (_question, _seconds, make) => make()
