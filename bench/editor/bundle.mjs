import fs from 'node:fs'
import { fileURLToPath } from 'node:url'

const at = (path) => fileURLToPath(new URL(`../../client/${path}`, import.meta.url))
const EDITOR = 'src/lib/collab/LiveEditor.svelte'
/** What every page loads. */
const ALWAYS = /(client\/entry|client-optimized\/(app|nodes\/0))\.js$/

/** Bytes of the editor and of all that it imports and other pages do not load, as the server sends them. */
export function editorCode() {
  const manifest = JSON.parse(fs.readFileSync(at('.svelte-kit/output/client/.vite/manifest.json'), 'utf8'))
  const filesOf = (keys, found = new Set()) => {
    for (const key of keys) {
      const { file, imports = [] } = manifest[key]
      if (found.has(file)) continue
      found.add(file)
      filesOf(imports, found)
    }
    return found
  }
  const always = filesOf(Object.keys(manifest).filter((key) => ALWAYS.test(key)))
  const own = [...filesOf([EDITOR])].filter((file) => !always.has(file))
  return own.reduce((sum, file) => sum + fs.statSync(at(`build/${file}.br`)).size, 0)
}
