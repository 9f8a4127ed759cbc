// Keeps foreign web pages away from the demo: only this machine's own page may drive it.
import type { RequestHandler } from 'express'
import { PageError } from './errors.ts'

const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i

/** Refuses a Host that is not this machine by name: a foreign name that was made to point here (DNS rebinding). */
export const onlyLoopbackHost: RequestHandler = (request, _response, next) => {
  if (LOOPBACK.test(request.headers.host ?? '')) return next()
  throw new PageError(403, 'foreign-host', '演练页面只能在本机打开，请用 http://localhost 加端口号的地址。')
}

/**
 * Refuses requests that a browser makes for another site or another port (CSRF). Programs on this machine send neither
 * header and pass. Older browsers know only Origin, hence both checks.
 */
export const onlyOwnPage: RequestHandler = (request, _response, next) => {
  const { origin, host = '' } = request.headers
  const site = request.headers['sec-fetch-site']
  const ownOrigin = origin === undefined || origin === `http://${host}` || origin === `https://${host}`
  if (ownOrigin && (site === undefined || site === 'same-origin' || site === 'none')) return next()
  throw new PageError(403, 'foreign-origin', '别的网页不能操作演练环境，请在演练页面里操作。')
}

/** Writing requests must be JSON: the one kind of body that a foreign page can't send without being asked first. */
export const onlyJsonBody: RequestHandler = (request, _response, next) => {
  if (request.method !== 'POST' || request.is('application/json')) return next()
  throw new PageError(415, 'not-json', '请求的内容类型要是 application/json。')
}
