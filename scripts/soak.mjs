import { build } from './build.mjs'
import { install } from './install.mjs'
import { run, tool } from './programs.mjs'
import { Trouble } from './say.mjs'

/*
 * npm run soak                          10,000 simulations of delegates and servers that fail, each by its seed
 * npm run soak -- --seed=4711           one of them, with every step told
 * npm run soak -- --first=1 --count=50  some of them
 * npm run soak -- kill                  100 times kill -9 of the server, or of it and its database, while people type
 * npm run soak -- kill --count=10
 * npm run soak -- room                  ten minutes of a session of twelve delegations, with cuts and kills
 * npm run soak -- room --count=2        two minutes of it
 */

const kinds = ['convergence', 'kill', 'room']

/** @returns the exit code: 0 when nothing failed */
export async function soak(args) {
  const kind = args.find((arg) => !arg.startsWith('--')) ?? 'convergence'
  if (!kinds.includes(kind)) throw new Trouble(`There is no soak "${kind}". Known: ${kinds.join(', ')}.`)
  const numbers = Object.fromEntries(args.filter((arg) => arg.startsWith('--')).map(numberOf))
  await install()
  await build({ client: kind === 'room' })
  const { code } = await run(
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      tool('jest', 'jest'),
      '--runInBand',
      `--testMatch=**/test/soak/${kind}.soak.ts`,
    ],
    { env: environment(numbers) },
  )
  return code
}

function numberOf(option) {
  const [, name, number] = /^--(seed|first|count)=(\d+)$/.exec(option) ?? []
  if (name === undefined) throw new Trouble(`The option "${option}" is not known. Known: --seed=, --first=, --count=.`)
  return [name, number]
}

function environment({ seed, first, count }) {
  if (seed !== undefined) return { SOAK_FIRST: seed, SOAK_COUNT: '1', SOAK_TELL: '1' }
  return {
    ...(first === undefined ? {} : { SOAK_FIRST: first }),
    ...(count === undefined ? {} : { SOAK_COUNT: count }),
  }
}
