import { CONTRACTS } from '@multilogue/shared/api'
import { pathParameters, type Contract } from '@multilogue/shared/contract'
import { Problem } from '@multilogue/shared/problems'
import { z } from 'zod'

const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return json
}

/** The OpenAPI 3.1 description of everything below `/api`, made from the contracts. */
export function openApi(): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const contract of CONTRACTS.values()) {
    const path = '/api' + contract.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [contract.method.toLowerCase()]: operationOf(contract) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Multilogue',
      version: '0.1.0',
      description:
        'Refusals are problem details (RFC 9457). Every write can also be sent as a socket command of the same name.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    components: {
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'multilogue_session' } },
      schemas: { Problem: schemaOf(Problem, 'output') },
    },
    security: [{ session: [] }],
    paths,
  }
}

function operationOf(contract: Contract): object {
  const inPath = pathParameters(contract.path)
  const { properties = {}, required = [] } = schemaOf(contract.input, 'input') as {
    properties?: Record<string, object>
    required?: string[]
  }
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name))
  const parameter = (name: string, place: 'path' | 'query') => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: properties[name] ?? {},
  })
  const asQuery = contract.method === 'GET'
  const header = (name: string, description: string) => ({
    name,
    in: 'header',
    description,
    schema: { type: 'string' },
  })
  const body = {
    type: 'object',
    properties: Object.fromEntries(rest.map((name) => [name, properties[name]])),
    required: required.filter((name) => rest.includes(name)),
  }
  return {
    operationId: contract.name,
    tags: [contract.name.split('.')[0]],
    summary: contract.summary,
    ...(contract.access === 'open' ? { security: [] } : {}),
    parameters: [
      ...inPath.map((name) => parameter(name, 'path')),
      ...(asQuery ? rest.map((name) => parameter(name, 'query')) : []),
      ...(contract.access === 'seat' || contract.media
        ? [header('x-seat', 'The acting seat; left out, the first one.')]
        : []),
      ...(contract.kind === 'write'
        ? [header('Idempotency-Key', 'A retry with the same key does nothing twice.')]
        : []),
    ],
    ...(!asQuery && rest.length > 0
      ? { requestBody: { required: true, content: { 'application/json': { schema: body } } } }
      : {}),
    responses: {
      [contract.method === 'POST' && contract.access === 'seat' ? '201' : '200']: {
        description: 'Done',
        content: contentOf(contract),
      },
      default: {
        description: 'Refused',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function contentOf({ media, output }: Contract): object {
  if (!media) return { 'application/json': { schema: schemaOf(output, 'output') } }
  return Object.fromEntries(media.map((type) => [type, { schema: { type: 'string', format: 'binary' } }]))
}
