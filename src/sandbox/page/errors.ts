// How the demo page's server says no: a status, a stable code and a Chinese sentence, as JSON.
import type { ErrorRequestHandler } from 'express'
import type { Log } from '../../app/ports.ts'
import type { WireError } from './wire.ts'

export class PageError extends Error {
  readonly status: number
  readonly code: string
  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}

/** The last stop of the API: whatever was thrown becomes a JSON answer; surprises are logged too. */
export function answerErrors(log: Pick<Log, 'error'> | undefined): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const known = error instanceof PageError ? error : fromBodyParser(error)
    if (!known) log?.error({ err: error }, 'demo page request failed')
    if (response.headersSent) return next(error)
    const answer = known ?? new PageError(500, 'internal', '演练服务出错了，请看终端里的日志，再试一次。')
    const body: WireError = { error: { code: answer.code, message: answer.message } }
    response.status(answer.status).json(body)
  }
}

// express.json reports its refusals as errors with a `type`.
function fromBodyParser(error: unknown): PageError | undefined {
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  if (type === 'entity.too.large')
    return new PageError(413, 'too-large', '图片加起来超过 15 MB，请少发几张或换小一点的图片。')
  if (typeof type === 'string') return new PageError(400, 'bad-json', '请求的内容不是正确的 JSON。')
  return undefined
}
