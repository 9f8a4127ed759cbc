// Programs that tests start in processes of their own: bundled once a run, since Node starts a bundle in half the time of the sources.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'vite'
import { askRun } from './run-service.ts'

const ROOT = path.join(import.meta.dirname, '../..')
const SOURCES = {
  duban: 'src/main.ts',
  'product-child': 'test/support/product-child.ts',
  'database-child': 'test/support/database-child.ts',
}

/** The file of a program for `node`; the first request of a run makes it. */
export async function programFile(name: keyof typeof SOURCES): Promise<string> {
  return path.join(await askRun('programs'), `${name}.js`)
}

export type Bundle = { readonly folder: string; remove(): Promise<void> }

/** As deep in the installation as the sources, which look for their neighbours from where they are. */
export async function bundlePrograms(): Promise<Bundle> {
  await mkdir(path.join(ROOT, 'dist'), { recursive: true })
  const folder = await mkdtemp(path.join(ROOT, 'dist/test-'))
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'warn',
    build: {
      ssr: true,
      target: 'node20',
      outDir: folder,
      emptyOutDir: false,
      rolldownOptions: { input: SOURCES, output: { chunkFileNames: '[name]-[hash].js' } },
    },
  })
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}
