import { z } from 'zod'

export type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

/**
 * One command or query of the system, told once: the HTTP route, the socket command, the OpenAPI page,
 * the browser's typed call and the rights matrix are all made from it.
 *
 * `input` is one flat object. Parameters named in `path` are taken from the path; the rest is the query
 * string of a GET and the JSON body of everything else.
 */
export interface Contract<I extends z.ZodObject = z.ZodObject, O extends z.ZodType = z.ZodType> {
  /** `room.verbNoun`, unique; also the name of the socket command. */
  readonly name: string
  readonly method: Method
  /** Below `/api`, parameters as `:name`. */
  readonly path: string
  /** A write runs in one transaction, accepts an idempotency key and is rate limited. */
  readonly kind: 'read' | 'write'
  /** `open`: no sign-in needed. `http`: cannot be called over the socket: it changes the cookie, or answers with a file. */
  readonly access: 'seat' | 'open' | 'http'
  readonly summary: string
  readonly input: I
  readonly output: O
  /** Media types: the answer is a file of one of them instead of JSON. A seat asks for it like for anything else. */
  readonly media?: readonly string[]
  /** Parts of the input of which nothing is kept to know a retry by, not even a hash. */
  readonly unkept?: readonly string[]
  /** Of an open query: for so many seconds everybody is given the same answer. */
  readonly cached?: number
}

type Told<I extends z.ZodObject, O extends z.ZodType> = {
  summary: string
  input: I
  output: O
  access?: Contract['access']
  media?: Contract['media']
  unkept?: Contract['unkept']
  cached?: Contract['cached']
}

/** `route` is `METHOD /path`. */
function contract<I extends z.ZodObject, O extends z.ZodType>(
  name: string,
  route: `${Method} /${string}`,
  kind: 'read' | 'write',
  told: Told<I, O>,
): Contract<I, O> {
  const [method, path] = route.split(' ') as [Method, string]
  return { name, method, path, kind, access: told.access ?? 'seat', ...told }
}

export const query = <I extends z.ZodObject, O extends z.ZodType>(
  name: string,
  route: `GET /${string}`,
  told: Told<I, O>,
) => contract(name, route, 'read', told)

/** A question that is too long for an address. */
export const inquiry = <I extends z.ZodObject, O extends z.ZodType>(
  name: string,
  route: `POST /${string}`,
  told: Told<I, O>,
) => contract(name, route, 'read', told)

export const file = <I extends z.ZodObject>(
  name: string,
  route: `GET /${string}`,
  told: { summary: string; input: I; media: readonly string[] },
) => contract(name, route, 'read', { ...told, output: z.instanceof(Blob), access: 'http' })

/** A file for programs that cannot sign in: the address itself is the secret. */
export const openFile = <I extends z.ZodObject>(
  name: string,
  route: `GET /${string}`,
  told: { summary: string; input: I; media: readonly string[] },
) => contract(name, route, 'read', { ...told, output: z.instanceof(Blob), access: 'open' })

export const command = <I extends z.ZodObject, O extends z.ZodType>(
  name: string,
  route: `${Exclude<Method, 'GET'>} /${string}`,
  told: Told<I, O>,
) => contract(name, route, 'write', told)

export type InputOf<C> = C extends Contract<infer I, z.ZodType> ? z.output<I> : never
export type RawInputOf<C> = C extends Contract<infer I, z.ZodType> ? z.input<I> : never
export type OutputOf<C> = C extends Contract<z.ZodObject, infer O> ? z.output<O> : never

/** The parameter names in a contract's path, in order. */
export const pathParameters = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map((m) => m[1]!)
