/** The package has no types of its own; this is what is used of it. */
declare module 'saxen' {
  type Decode = (text: string) => string
  export class Parser {
    on(event: 'openTag', hear: (name: string, attributes: () => Record<string, string>, decode: Decode) => void): this
    on(event: 'closeTag', hear: (name: string) => void): this
    on(event: 'text', hear: (text: string, decode: Decode) => void): this
    on(event: 'cdata', hear: (text: string) => void): this
    on(event: 'attention', hear: () => void): this
    on(event: 'error' | 'warn', hear: (error: Error) => void): this
    parse(xml: string): void
  }
}
