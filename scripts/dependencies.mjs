import fs from 'node:fs'
import path from 'node:path'
import { manifests } from './install.mjs'
import { run, tool } from './programs.mjs'
import { root } from './say.mjs'

/** Names of all packages that any of our package.json files asks for. */
function declared() {
  const names = manifests.flatMap((file) => {
    const { dependencies, devDependencies, optionalDependencies } = readJson(file)
    return Object.keys({ ...dependencies, ...devDependencies, ...optionalDependencies })
  })
  return [...new Set(names)].filter((name) => !name.startsWith('@multilogue/')).sort()
}

/** @returns one line per dependency that is not used, or used but not listed; empty when all is well */
export async function unusedOrUnlisted() {
  const { output } = await run(
    [tool('knip', 'knip'), '--include', 'dependencies,unlisted', '--reporter', 'json', '--no-progress'],
    { capture: true, limit: 2 * 60_000 },
  )
  const start = output.indexOf('{"')
  if (start < 0) return output.trim() || 'knip said nothing.'
  const { issues } = JSON.parse(output.slice(start))
  const known = new Set(declared())
  return issues
    .flatMap(({ file, dependencies = [], devDependencies = [], unlisted = [] }) => [
      ...[...dependencies, ...devDependencies].map(({ name }) => `${file}: ${name} is listed but not used`),
      // Tests and migrations belong to no workspace of their own: they use the packages of the others.
      ...unlisted
        .filter(({ name }) => !(known.has(name) && /^(test|migrations|bench)\//.test(file)))
        .map(({ name }) => `${file}: ${name} is used but not listed in the package.json beside it`),
    ])
    .join('\n')
}

/**
 * npm leaves packages for other platforms out of the lock when the registry lacks them at that moment, and
 * then installs nothing there.
 * @returns one line per optional package without an entry; empty when all is well
 */
export async function incompletePackages() {
  const { packages } = readJson('package-lock.json')
  return Object.entries(packages)
    .flatMap(([place, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !places(place, name).some((candidate) => packages[candidate]))
        .map((name) => `${place} wants ${name}, which has no entry in package-lock.json`),
    )
    .join('\n')
}

/** Where Node would look for a package, from the place of the one that wants it up to the project folder. */
function places(from, name) {
  const parts = from.split('/')
  return Array.from({ length: parts.length + 1 }, (_, index) => parts.slice(0, parts.length - index).join('/'))
    .filter((folder) => !folder.endsWith('node_modules'))
    .map((folder) => (folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`))
}

/** @returns one line per dependency that the page does not name as `name`; empty when all is well */
export async function missingLines() {
  const file = path.join(root, 'docs/dependencies.md')
  const page = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : ''
  return declared()
    .filter((name) => !page.includes(`\`${name}\``))
    .map((name) => `docs/dependencies.md has no line for \`${name}\``)
    .join('\n')
}

function readJson(file) {
  return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'))
}
