// Run at the end of the installation: makes the template of the embedded database, so that the first start needn't wait for it.
import process from 'node:process'
import { warmTemplate } from './embedded-template.ts'

try {
  await warmTemplate()
} catch (error) {
  // Only speed is lost: the first start makes the template, or does without one.
  process.stderr.write(`embedded database not prepared: ${(error as Error).message}\n`)
}
