import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/**
 * The Chromium that came with `npm ci`, or else the one on the path; undefined where neither runs. The first time
 * takes the seconds of unpacking.
 */
export async function launchChromium(): Promise<Browser | undefined> {
  for (const executable of [fromPackage, fromPath]) {
    try {
      const { path, env } = executable()
      return await chromium.launch({ executablePath: path, args: flags, env: { ...process.env, ...env } })
    } catch {
      // The next may run.
    }
  }
  return undefined
}

interface Executable {
  readonly path: string
  readonly env: Record<string, string>
}

const root = fileURLToPath(new URL('../../..', import.meta.url))

/** Unpacked once into `node_modules/.cache`, with the libraries and fonts that a bare machine lacks. */
function fromPackage(): Executable {
  const manifest = readFileSync(join(root, 'node_modules/@sparticuz/chromium/package.json'), 'utf8')
  const folder = join(root, `node_modules/.cache/dims-per-bit/chromium-${JSON.parse(manifest).version}`)
  if (!existsSync(folder)) unpack(folder)
  return {
    path: join(folder, 'chromium'),
    env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_FILE: join(folder, FONTS) },
  }
}

const UNPACK = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"

/** The package's own fonts, without which Chromium ends at the first text; its list names folders of Lambda. */
const FONTS = 'fonts/here.conf'
const fontList = (folder: string) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts/cache</cachedir></fontconfig>
`

/** The package unpacks to where temporary files go, and the libraries only where it believes to be on Lambda. */
function unpack(folder: string): void {
  mkdirSync(dirname(folder), { recursive: true })
  const own = mkdtempSync(`${folder}-`)
  try {
    execFileSync(process.execPath, ['--input-type=module', '-e', UNPACK], {
      cwd: root,
      env: { ...process.env, TMPDIR: own, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' },
      stdio: 'ignore',
    })
    writeFileSync(join(own, FONTS), fontList(folder))
    renameSync(own, folder)
  } finally {
    rmSync(own, { recursive: true, force: true })
  }
}

function fromPath(): Executable {
  const names = ['chromium', 'chromium-browser', 'google-chrome']
  const folders = (process.env.PATH ?? '').split(delimiter)
  const path = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(existsSync)
  if (path === undefined) throw new Error('no Chromium on the path')
  return { path, env: {} }
}
