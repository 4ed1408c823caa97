import { fingerprint, stamp } from './fingerprint.mjs'
import { run } from './programs.mjs'
import { step, Trouble } from './say.mjs'

export const manifests = ['package.json', 'shared/package.json', 'server/package.json', 'client/package.json']

/** Installs the packages exactly as package-lock.json names them; does nothing when that was done before. */
export async function install() {
  const wanted = fingerprint(
    ['package-lock.json', ...manifests],
    `${process.platform} ${process.arch} ${process.versions.modules}`,
  )
  // Inside node_modules, so that it goes when the packages go.
  const done = stamp('node_modules/.multilogue-install')
  if (done.matches(wanted)) return
  await step('Installing packages (the first time takes about a minute)', async () => {
    // NODE_ENV=production would leave out what the build needs.
    const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
    const npm = process.env.npm_execpath
    const { code } = npm?.endsWith('.js') ? await run([npm, ...args]) : await run(args, { command: 'npm' })
    if (code !== 0) {
      throw new Trouble(
        'The packages could not be installed; npm says above why. ' +
          'Check the connection to the package registry, then run the same command again.',
      )
    }
  })
  done.write(wanted)
}
