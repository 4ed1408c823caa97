import MagicString from 'magic-string'
import type { ESTree, Plugin } from 'vite'

const MAKERS = new Set(['query', 'inquiry', 'file', 'openFile', 'command', 'contract'])
/** What the server checks by and the documentation shows. To call, a browser needs the name and the address. */
const OF_SERVER = new Set(['input', 'output', 'summary'])

/**
 * Takes out of the contracts what only the server needs, and marks what is made at the top of a shared module as
 * free of effects: a schema that no page checks by, and the library behind it, is then sent to nobody.
 */
export function contractsOfBrowser(): Plugin {
  return {
    name: 'contracts-of-browser',
    apply: 'build',
    transform: {
      filter: { id: /\/shared\/dist\/[\w-]+\.js$/ },
      handler(code) {
        const changed = new MagicString(code)
        for (const { init } of this.parse(code).body.flatMap(declared)) {
          if (init?.type === 'ArrowFunctionExpression' && init.body.type === 'CallExpression')
            lighten(init.body as ESTree.CallExpression, changed)
          if (init?.type !== 'CallExpression' && init?.type !== 'ObjectExpression') continue
          if (init.type === 'CallExpression') lighten(init, changed)
          changed.appendLeft(init.start, '/*@__PURE__*/ (() => (').appendRight(init.end, '))()')
        }
        return { code: changed.toString(), map: changed.generateMap({ hires: 'boundary' }) }
      },
    },
  }
}

function declared(statement: ESTree.Directive | ESTree.Statement): ESTree.VariableDeclarator[] {
  const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
  return declaration?.type === 'VariableDeclaration' ? declaration.declarations : []
}

function lighten({ callee, arguments: given }: ESTree.CallExpression, changed: MagicString): void {
  const told = given.at(-1)
  if (callee.type !== 'Identifier' || !MAKERS.has(callee.name) || told?.type !== 'ObjectExpression') return
  for (const part of told.properties)
    if (part.type === 'Property' && part.key.type === 'Identifier' && OF_SERVER.has(part.key.name))
      changed.overwrite(part.value.start, part.value.end, 'undefined')
}
