/*
 * The floor: socket.io alone. What is posted to it goes to everybody at once, without a right, an order or a database.
 */
import http from 'node:http'
import { Server } from 'socket.io'

const server = http.createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => (body += chunk))
  request.on('end', () => {
    io.emit('event', JSON.parse(body))
    response.end('{}')
  })
})
const io = new Server(server, { serveClient: false })
server.listen(0, '127.0.0.1', () => console.log(`ready: http://127.0.0.1:${server.address().port}`))
process.on('SIGTERM', () => process.exit(0))
