import { startEmbedded } from '../../../server/dist/database/embedded.js'

/* The PostgreSQL that Multilogue brings along, by itself, for several servers. */
const [folder] = process.argv.slice(2)
const database = await startEmbedded({ dataDir: folder })
const staying = setInterval(() => undefined, 2 ** 30)
console.log(`ready: ${database.url}`)
process.once('SIGTERM', () => {
  clearInterval(staying)
  void database.stop().then(() => process.exit(0))
})
