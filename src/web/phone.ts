// The phone pages under /m: one task's form for the person who was asked, and nothing else.
import { gzipSync } from 'node:zlib'
import express from 'express'
import helmet from 'helmet'
import { type FormPost, fillForm } from '../app/fill-form.ts'
import { type FormDeps, type FormRefusal, isRefusal, openForm, refusal } from '../app/open-form.ts'
import type { Clock } from '../app/ports.ts'
import { prefilled } from '../core/form/check-form.ts'
import type { ProblemName } from '../core/problems.ts'
import { CONTENT_POLICY, formPage, type PageFrame, recordPage, refusalPage } from './phone/page.ts'

export type PhoneDeps = FormDeps & {
  readonly clock: Clock
  /** Where the pages are reached from outside, behind whatever proxy. */
  readonly publicUrl: string
  readonly rehearsal: boolean
  /** Something was recorded: the receipt should leave. */
  readonly recorded: () => void
}

const BODY_LIMIT = '64kb'
const MAX_FIELDS = 60

const STATUS: Partial<Record<ProblemName, number>> = {
  'link-broken': 404,
  'link-expired': 410,
  'link-not-yours': 403,
  'task-closed': 409,
  'form-foreign': 403,
  'form-too-large': 413,
}

/** To be mounted at /m. Pages are never kept by anybody, and their addresses never told to other sites. */
export function phoneRouter(deps: PhoneDeps): express.Router {
  const router = express.Router()
  router.use(pageHeaders)
  // Asked before sending, so that a form is not lost where there is no signal.
  router.get('/ping', (_request, response) => void response.status(204).end())
  router.get('/t/:token', async (request, response) => {
    const scene = await openForm(deps, request.params.token, deps.clock.now())
    if (isRefusal(scene)) return refuse(deps, request, response, scene)
    const { form, last, compared } = scene
    const values = prefilled(form, last?.fields, compared.previous?.fields)
    const wantsForm = last === undefined || request.query.edit !== undefined
    const page = wantsForm ? formPage(frameOf(deps), scene, { values }) : recordPage(frameOf(deps), scene)
    send(request, response, page)
  })
  router.post(
    '/t/:token',
    onlyOwnPages(deps),
    express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: MAX_FIELDS }),
    (request, response) => takeForm(deps, String(request.params.token), request, response),
  )
  router.use((request: express.Request, response: express.Response) =>
    refuse(deps, request, response, refusal('link-broken')),
  )
  router.use(answerErrors(deps))
  return router
}

async function takeForm(
  deps: PhoneDeps,
  token: string,
  request: express.Request,
  response: express.Response,
): Promise<void> {
  const post = postOf(request.body)
  const outcome = await fillForm(deps, token, post, deps.clock.now())
  if ('problem' in outcome) return refuse(deps, request, response, outcome)
  if (outcome.type === 'recorded') {
    deps.recorded()
    // The answer to a reload must not be the form once more.
    response.redirect(303, '?')
    return
  }
  const { scene, checked, stale } = outcome
  const shown = { values: post.values, reason: post.reason, checked, stale }
  send(request, response.status(422), formPage(frameOf(deps), scene, shown))
}

/** Whatever came, as texts; a field that came twice counts once. */
function postOf(body: unknown): FormPost {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [key, String(Array.isArray(value) ? value[0] : value)] as const,
  )
  const { revision = '0', reason = '', ...values } = Object.fromEntries(entries)
  return { values, revision: Number(revision), reason: reason.trim().slice(0, 200) }
}

const frameOf = ({ rehearsal, clock }: PhoneDeps): PageFrame => ({ rehearsal, now: clock.now() })

const pageHeaders: express.RequestHandler[] = [
  helmet({
    contentSecurityPolicy: false,
    // Not `no-referrer`: browsers would send `Origin: null` with our own form.
    referrerPolicy: { policy: 'same-origin' },
  }),
  (_request, response, next) => {
    response.set({
      'Content-Security-Policy': CONTENT_POLICY,
      'Cache-Control': 'no-store',
      'X-Robots-Tag': 'noindex',
    })
    next()
  },
]

/** The token in the address already keeps others out; a form on another site is refused all the same. */
function onlyOwnPages(deps: PhoneDeps): express.RequestHandler {
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

function refuse(
  deps: PhoneDeps,
  request: express.Request,
  response: express.Response,
  refused: FormRefusal,
): void {
  response.status(STATUS[refused.problem] ?? 500)
  send(request, response, refusalPage(frameOf(deps), refused))
}

function answerErrors(deps: PhoneDeps): express.ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const type = error instanceof Error && 'type' in error ? error.type : undefined
    const isTooLarge = type === 'entity.too.large' || type === 'parameters.too.many'
    if (!isTooLarge) deps.log.error({ error }, 'phone page failed')
    refuse(deps, request, response, refusal(isTooLarge ? 'form-too-large' : 'our-fault'))
  }
}

/** Packed where the browser can unpack: the page is three times smaller then. */
function send(request: express.Request, response: express.Response, page: string): void {
  response.type('html').vary('Accept-Encoding')
  if (request.acceptsEncodings('gzip') === 'gzip')
    response.set('Content-Encoding', 'gzip').send(gzipSync(page))
  else response.send(page)
}
