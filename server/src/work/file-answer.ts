/** What a handler of a contract with `media` returns: a file to be kept under a name. */
export class FileAnswer {
  /**
   * @param content  bytes, or text that is made while it is sent
   * @param name  in any script, without the ending
   * @param ending  such as `docx`
   */
  constructor(
    readonly content: Uint8Array | AsyncIterable<string>,
    readonly media: string,
    private readonly name: string,
    private readonly ending: string,
  ) {}

  /** The name for old programs in ASCII and for all others in UTF-8 (RFC 6266); nothing of it can leave its field. */
  get disposition(): string {
    const safe = this.name

      .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069"*/:<>?\\|]+/g, ' ')
      .replace(/\s+/g, ' ')
      .replace(/^[ .]+/, '')
      .slice(0, 120)
      .replace(/\p{Surrogate}/gu, ' ')
      .replace(/[ .]+$/, '')
    const name = `${safe || 'text'}.${this.ending}`
    const ascii = name.replace(/[^\x20-\x7e]+/g, '_').replace(/[%;]/g, '_')
    const encoded = encodeURIComponent(name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`)
    return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`
  }
}
