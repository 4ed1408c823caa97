import net from 'node:net'

/**
 * The part of Redis that carries wake-ups: RESP2 with PUBLISH and SUBSCRIBE. For machines on which no Redis can be
 * had; what is tested is our end of the line.
 */
export async function startStandIn(port = 0): Promise<{ url: string; stop(): Promise<void> }> {
  const readers = new Map<string, Set<net.Socket>>()
  const open = new Set<net.Socket>()
  const server = net.createServer((socket) => {
    let unread = ''
    open.add(socket)
    socket.setEncoding('utf8')
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      open.delete(socket)
      for (const all of readers.values()) all.delete(socket)
    })
    socket.on('data', (text: string) => {
      unread += text
      for (let read = readCommand(unread); read !== undefined; read = readCommand(unread)) {
        unread = unread.slice(read.length)
        answer(socket, read.words)
      }
    })
  })
  const answer = (socket: net.Socket, [command = '', channel = '', message = '']: string[]): void => {
    switch (command.toUpperCase()) {
      case 'SUBSCRIBE':
        readers.set(channel, (readers.get(channel) ?? new Set()).add(socket))
        socket.write(`*3\r\n$9\r\nsubscribe\r\n${bulk(channel)}:1\r\n`)
        return
      case 'PUBLISH': {
        const all = readers.get(channel) ?? new Set()
        for (const reader of all) reader.write(`*3\r\n$7\r\nmessage\r\n${bulk(channel)}${bulk(message)}`)
        socket.write(`:${all.size}\r\n`)
        return
      }
      case 'HELLO':
        socket.write('-NOPROTO this stand-in speaks RESP2 only\r\n')
        return
      case 'PING':
        socket.write('+PONG\r\n')
        return
      default:
        socket.write('+OK\r\n')
    }
  }
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `redis://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    stop: async () => {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const bulk = (text: string): string => `$${Buffer.byteLength(text)}\r\n${text}\r\n`

/** A command as an array of strings, once all of it has come. All of ours is ASCII, so characters are bytes. */
function readCommand(text: string): { words: string[]; length: number } | undefined {
  const head = /^\*(\d+)\r\n/.exec(text)
  if (head === null) return undefined
  const words: string[] = []
  let at = head[0].length
  for (let left = Number(head[1]); left > 0; left--) {
    const size = /^\$(\d+)\r\n/.exec(text.slice(at))
    if (size === null) return undefined
    const from = at + size[0].length
    const to = from + Number(size[1])
    if (text.length < to + 2) return undefined
    words.push(text.slice(from, to))
    at = to + 2
  }
  return { words, length: at }
}
