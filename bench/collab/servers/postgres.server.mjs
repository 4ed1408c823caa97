import { startEmbedded } from '../../../server/dist/database/embedded.js'

/* The PostgreSQL that Multilogue brings along, by itself, for several servers. */
const [folder] = process.argv.slice(2)
const database = await startEmbedded({ dataDir: folder })
console.log(`ready: ${database.url}`)
process.once('SIGTERM', () => void database.stop().then(() => process.exit(0)))
