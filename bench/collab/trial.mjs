import { SCENARIOS } from './scenarios/all.mjs'
import { SERVERS } from './servers/all.mjs'
import { Socket } from './socket.mjs'

/*
 * One scenario against one server, in a process of its own so that no trial inherits another's memory:
 *   node trial.mjs <server> <scenario> <folder of the server> <options as JSON>
 * The last line that it prints is the result as JSON.
 */
const [serverName, scenarioName, folder, options] = process.argv.slice(2)
const { start } = SERVERS[serverName]
let server
const launch = async (options) => (server = await start(folder, options))
try {
  const result = await SCENARIOS[scenarioName](await launch(), { folder, restart: launch, ...JSON.parse(options) })
  console.log(JSON.stringify(result))
} finally {
  Socket.destroyAll()
  await server?.tree.stop()
}
process.exit()
