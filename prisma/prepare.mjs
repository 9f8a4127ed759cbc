// Runs at the end of `npm ci`: everything that is made from sources, so that the next command starts at once.
import { spawnSync } from 'node:child_process'
import process from 'node:process'

/** Absent after `npm ci --omit=dev`: then the built program is brought along. */
const TOOLS = ['prisma/package.json', 'typescript/package.json', 'vite/package.json']

const isInstalled = (name) => {
  try {
    import.meta.resolve(name)
    return true
  } catch {
    return false
  }
}

function step(script) {
  const { status } = spawnSync(`npm run --silent ${script}`, { stdio: 'inherit', shell: true })
  if (status !== 0) process.exit(status ?? 1)
}

/** `npx duban` links this folder into its own cache and would run all of this again. */
const isOnlyLinked = process.env.npm_command === 'exec'

if (!isOnlyLinked && TOOLS.every(isInstalled)) {
  step('generate')
  step('build')
  step('warm')
}
