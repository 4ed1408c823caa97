// The one door to every command: `npm start`, `npm test`, `npm run dev | bench | bench:collab | bench:editor | bench:follow-up | bench:room | bench:scale | soak | docs | export | import`.
// It runs before anything is installed, so it and the files it imports at the top use Node alone.
import { build } from './build.mjs'
import { develop } from './develop.mjs'
import { install } from './install.mjs'
import { run } from './programs.mjs'
import { fail, say } from './say.mjs'
import { serve } from './serve.mjs'
import { soak } from './soak.mjs'
import { test } from './test.mjs'

const commands = {
  start: async () => {
    await install()
    await build()
    return serve()
  },
  test: async (args) => test(args),
  dev: async () => {
    await install()
    return develop()
  },
  bench: async (args) => bench('bench/run.mjs', args),
  'bench:collab': async (args) => bench('bench/collab/run.mjs', args),
  'bench:editor': async (args) => bench('bench/editor/run.mjs', args),
  'bench:follow-up': async (args) => bench('bench/follow-up/run.mjs', args),
  'bench:room': async (args) => bench('bench/room/run.mjs', args),
  'bench:scale': async (args) => bench('bench/collab/scale.mjs', args),
  soak: async (args) => soak(args),
  export: async (args) => archive('export', args),
  import: async (args) => archive('import', args),
  docs: async () => {
    await install()
    await build({ client: false })
    return (await run(['server/dist/config/write-docs.js'])).code
  },
}

async function archive(act, args) {
  await install()
  await build({ client: false })
  return (await run(['server/dist/archive/main.js', act, ...args])).code
}

async function bench(program, args) {
  await install()
  await build()
  return (await run([program, ...args])).code
}

const [name = '', ...args] = process.argv.slice(2)
const command = commands[name]
if (!command) {
  say(`There is no command "${name}". Known commands: ${Object.keys(commands).join(', ')}.`)
  process.exit(2)
}
try {
  process.exitCode = await command(args)
} catch (error) {
  process.exitCode = fail(error)
}
