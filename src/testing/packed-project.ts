import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, renameSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { codeBlocks } from './code-blocks.js'
import { tempFolder } from './temp-folder.js'

export const root = fileURLToPath(new URL('../../..', import.meta.url))
export const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
// A test run inside this one must not take itself for a part of it.
export const ownEnv = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')),
)

/** What packing writes into the project. */
export const tarball = `${manifest.name}-${manifest.version}.tgz`

/** The decoder that the README shows, and one that reads three fifths of the coordinates. */
const decoder = codeBlocks('README.md', 'js').find((block) => block.startsWith('export default'))!
const drifted = decoder.replace(
  'correlate(code)',
  'correlate(code.map((x, j) => (j < 0.6 * code.length ? x : 0)))',
)
/** The two test files that docs/ci.md shows. */
const [describing, matching] = codeBlocks('docs/ci.md', 'ts')

/** An empty project, for as long as the test file lives, for the tarball unpacked in it. */
export function packedProject() {
  const project = tempFolder()
  const packed = (path: string) => project.path(`node_modules/dims-per-bit/${path}`)
  return {
    ...project,
    packed,
    /** Run a file of it by Node. */
    run(...args: string[]) {
      const options = { cwd: project.path(''), encoding: 'utf8', env: ownEnv } as const
      const { status, stdout } = spawnSync(process.execPath, args, options)
      return { status, stdout }
    },
    /** Pack, and unpack with links to our copies of the dependencies: the tarball's files, and how large it is. */
    fill(): { files: string[]; bytes: number } {
      const out = execFileSync(
        'npm',
        ['pack', '--json', '--ignore-scripts', '--pack-destination', project.path('')],
        { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
      )
      const [{ size, files }] = JSON.parse(out)
      execFileSync('tar', ['-xzf', tarball], { cwd: project.path('') })
      mkdirSync(project.path('node_modules'))
      renameSync(project.path('package'), packed(''))
      for (const name of [...Object.keys(manifest.dependencies), 'vitest']) {
        const link = project.path(`node_modules/${name}`)
        mkdirSync(dirname(link), { recursive: true })
        symlinkSync(join(root, 'node_modules', name), link, 'junction')
      }
      project.write('package.json', '{ "type": "module" }')
      for (const folder of ['good', 'drifted']) {
        mkdirSync(project.path(folder))
        project.write(`${folder}/my-decoder.mjs`, folder === 'good' ? decoder : drifted)
        project.write(`${folder}/drift.test.ts`, describing)
      }
      project.write('good/matchers.test.ts', matching)
      cpSync(join(root, 'examples'), project.path('examples'), { recursive: true })
      return { files: files.map(({ path }: { path: string }) => path), bytes: size }
    },
  }
}
