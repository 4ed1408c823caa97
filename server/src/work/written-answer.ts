/**
 * A long answer that was checked and written as JSON in another thread, so that the main one only passes the
 * bytes on. A handler may return it instead of the output itself.
 */
export class WrittenAnswer {
  /** @param json in UTF-8 */
  constructor(readonly json: Uint8Array) {}

  read(): unknown {
    return JSON.parse(new TextDecoder().decode(this.json))
  }
}
