// The load, in a process of its own, so that it doesn't share the event loop of what is measured.
import type { Traffic } from '../measure.ts'
import { poster, type Signed, signedCallback } from './callback.ts'
import { openGateway } from './gateway.ts'
import { type Job, paced } from './job.ts'

const SAYING = '本月完成投资120万元，累计完成投资2360万元，主体三层已封顶，暂无需要协调的问题'
/** Enough connections for a burst that waits. */
const SOCKETS = 64

const gateway = await openGateway(SAYING)

async function callbacks({ url = '', count, pace }: Job): Promise<Traffic> {
  // Sealed beforehand: what sealing costs is the platform's.
  const requests: readonly Signed[] = Array.from({ length: count }, () => signedCallback(SAYING))
  const { post, close } = poster(url, 'width' in pace ? pace.width : SOCKETS)
  const nothing: Signed = { path: '', body: '' }
  try {
    return await paced(count, pace, (index) => post(requests[index] ?? nothing))
  } finally {
    close()
  }
}

process.on('message', (job: Job) => {
  const work = job.kind === 'callback' ? callbacks(job) : paced(job.count, job.pace, () => gateway.push())
  work.then(
    (traffic) => process.send?.({ traffic }),
    (error: unknown) => process.send?.({ error: String(error) }),
  )
})
process.send?.({ gateway: gateway.base })
