import { WebSocketServer } from 'ws'

/* The floor: hands every frame on to all others of the document, keeps nothing, checks nothing. */
const rooms = new Map()
const NOTHING = Uint8Array.of(0, 1, 2, 0, 0)

const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: false })
server.on('connection', (socket, { url }) => {
  const room = rooms.get(url) ?? new Set()
  rooms.set(url, room.add(socket))
  socket.on('message', (frame) => {
    if (frame[0] === 0 && frame[1] === 0) return socket.send(NOTHING)
    if (frame[0] === 0 && frame[1] === 1) return
    for (const other of room) if (other !== socket) other.send(frame)
  })
  socket.on('close', () => {
    room.delete(socket)
    if (room.size === 0) rooms.delete(url)
  })
})
server.on('listening', () => console.log(`ready: http://127.0.0.1:${server.address().port}`))
process.once('SIGTERM', () => process.exit(0))
