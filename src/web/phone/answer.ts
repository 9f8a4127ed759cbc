// How every phone page is answered: packed, in the right frame, and refused in words.
import { gzipSync } from 'node:zlib'
import type express from 'express'
import { type FormDeps, type FormRefusal, refusal } from '../../app/open-form.ts'
import type { Clock } from '../../app/ports.ts'
import { type SignIn, type Visitor, visitorOf } from '../../app/sign-in.ts'
import type { ProblemName } from '../../core/problems.ts'
import { cookieOf, homeOf } from './cookies.ts'
import { type PageFrame, refusalPage } from './frame.ts'

export type PhoneDeps = FormDeps & {
  readonly clock: Clock
  /** Where the pages are reached from outside, behind whatever proxy. */
  readonly publicUrl: string
  readonly rehearsal: boolean
  /** The platforms by which a visitor can say who he is; without any there are only the signed links of cards. */
  readonly signIns: readonly SignIn[]
  /** Something was recorded: the receipt should leave. */
  readonly recorded: () => void
}

const STATUS: Partial<Record<ProblemName, number>> = {
  'link-broken': 404,
  'link-expired': 410,
  'link-not-yours': 403,
  'task-closed': 409,
  'form-foreign': 403,
  'form-too-large': 413,
  'sign-in-none': 404,
  'sign-in-outsider': 403,
  'sign-in-unknown': 403,
  'sign-in-again': 403,
  'sign-in-state': 403,
  'sign-in-refused': 502,
  'sign-in-later': 503,
}

const SIGN_IN_AGAIN: ReadonlySet<ProblemName> = new Set([
  'sign-in-outsider',
  'sign-in-unknown',
  'sign-in-again',
  'sign-in-state',
  'sign-in-refused',
  'sign-in-later',
])

/** Who is signed in; undefined without a session that still runs. */
export function visitorIn(deps: PhoneDeps, request: express.Request): Promise<Visitor | undefined> {
  return visitorOf(deps, cookieOf(request, 'duban_session'), deps.clock.now())
}

/** `visitor`: for him every page leads back to his list. */
export function frameOf({ rehearsal, clock, publicUrl }: PhoneDeps, visitor?: Visitor): PageFrame {
  return { rehearsal, now: clock.now(), ...(visitor ? { home: homeOf(publicUrl) } : {}) }
}

/** Says why not, with the status that fits, and where to go on from here. */
export function refuse(
  deps: PhoneDeps,
  request: express.Request,
  response: express.Response,
  refused: FormRefusal,
): void {
  response.status(STATUS[refused.problem] ?? 500)
  send(request, response, refusalPage(frameOf(deps), refused, nextAfter(deps, request, refused.problem)))
}

function nextAfter(deps: PhoneDeps, request: express.Request, problem: ProblemName) {
  if (deps.signIns.length === 0) return undefined
  const home = homeOf(deps.publicUrl)
  if (SIGN_IN_AGAIN.has(problem)) return { text: '重新登录', href: `${home}login` }
  if (problem !== 'link-expired') return undefined
  // Signed in, the visitor gets on to this very task.
  const to = `${home}${request.path.slice(1)}`
  return { text: '登录后继续办理', href: `${home}login?to=${encodeURIComponent(to)}` }
}

/** A form on another site is refused, whatever cookie or token comes with it. */
export function onlyOwnPages(deps: PhoneDeps): express.RequestHandler {
  const ours = new URL(deps.publicUrl).origin
  return (request, response, next) => {
    const { origin, host } = request.headers
    const site = request.headers['sec-fetch-site']
    const isOurs = origin === undefined || origin === ours || originHost(origin) === host
    if (isOurs && (site === undefined || site === 'same-origin' || site === 'none')) return next()
    refuse(deps, request, response, refusal('form-foreign'))
  }
}

const originHost = (origin: string): string | undefined =>
  URL.canParse(origin) ? new URL(origin).host : undefined

/** Packed where the browser can unpack: the page is three times smaller then. */
export function send(request: express.Request, response: express.Response, page: string): void {
  response.type('html').vary('Accept-Encoding')
  if (request.acceptsEncodings('gzip') === 'gzip')
    response.set('Content-Encoding', 'gzip').send(gzipSync(page))
  else response.send(page)
}
