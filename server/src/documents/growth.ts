import { Injectable } from '@nestjs/common'

/** Says on this server, and on no other, that the log of a text has grown by what was stored here. */
@Injectable()
export class Growth {
  private readonly listeners = new Set<(documentId: string) => void>()

  /** @returns how to stop listening */
  on(listener: (documentId: string) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  tell(documentId: string): void {
    for (const listener of this.listeners) listener(documentId)
  }
}
