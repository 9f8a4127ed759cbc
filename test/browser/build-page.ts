// Builds the demo page once before the browser tests, so that they never look at an old one.
import { build } from 'vite'

export async function setup(): Promise<void> {
  await build({ configFile: 'vite.config.ts', logLevel: 'warn' })
}
