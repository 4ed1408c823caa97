import http from 'node:http'
import { setupWSConnection } from '@y/websocket-server/utils'
import { WebSocketServer } from 'ws'

/*
 * The reference server of y-websocket, as its own bin/server.js sets it up, with LevelDB where YPERSISTENCE says; on
 * a port of the system's choice, and with the current `ws` instead of the one of 2019 that it asks for.
 */
const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false })
sockets.on('connection', setupWSConnection)
const server = http.createServer((_request, response) => response.end('okay'))
server.on('upgrade', (request, socket, head) =>
  sockets.handleUpgrade(request, socket, head, (ws) => sockets.emit('connection', ws, request)),
)
server.listen(0, '127.0.0.1', () => console.log(`ready: http://127.0.0.1:${server.address().port}`))
process.once('SIGTERM', () => process.exit(0))
