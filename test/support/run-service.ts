// What test files share in one run, asked of its setup (test/support/global-setup.ts).
import { inject } from 'vitest'

/** The first request makes it. Throws with the setup's own words when it cannot. */
export async function askRun(what: 'postgres' | 'programs'): Promise<string> {
  const response = await fetch(`${inject('runService')}/${what}`)
  const body = await response.text()
  if (!response.ok) throw new Error(body)
  return body
}
