// The load worker as the bench asks it.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Traffic } from '../measure.ts'
import type { Job } from './job.ts'

export type Load = {
  /** Base of the Stream gateway that pushes. */
  readonly gateway: string
  run(job: Job): Promise<Traffic>
  close(): Promise<void>
}

type Answer = { readonly gateway?: string; readonly traffic?: Traffic; readonly error?: string }

export async function openLoad(): Promise<Load> {
  // The same file in source and as it was built.
  const file = `worker${path.extname(import.meta.filename)}`
  const worker = fork(path.join(import.meta.dirname, file))
  // One question at a time: whoever waits is answered, or hears that the worker ended.
  const failed = new Promise<never>((_, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => reject(new Error('the load worker ended')))
  })
  failed.catch(() => undefined)
  const next = (): Promise<Answer> =>
    Promise.race([once(worker, 'message').then(([answer]) => answer as Answer), failed])
  const { gateway = '' } = await next()
  return {
    gateway,
    async run(job) {
      const answer = next()
      worker.send(job)
      const { traffic, error } = await answer
      if (!traffic) throw new Error(`the load failed: ${error}`)
      return traffic
    },
    async close() {
      worker.kill()
      await once(worker, 'exit')
    },
  }
}
