// The phone pages under /m: one task's form for the person who was asked, and the list of his own for who signs in.
import express from 'express'
import helmet from 'helmet'
import { type FormPost, fillForm } from '../app/fill-form.ts'
import { formLinks } from '../app/form-link.ts'
import { renewedLink } from '../app/my-tasks.ts'
import { isRefusal, openForm, refusal } from '../app/open-form.ts'
import { frameOf, onlyOwnPages, type PhoneDeps, refuse, send, visitorIn } from './phone/answer.ts'
import { CONTENT_POLICY } from './phone/frame.ts'
import { formPage, recordPage } from './phone/page.ts'
import { signInRoutes } from './phone/sign-in.ts'

const BODY_LIMIT = '64kb'
const MAX_FIELDS = 60

/** To be mounted at /m. Pages are never kept by anybody, and their addresses never told to other sites. */
export function phoneRouter(deps: PhoneDeps): express.Router {
  const router = express.Router()
  router.use(pageHeaders)
  // Asked before sending, so that a form is not lost where there is no signal.
  router.get('/ping', (_request, response) => void response.status(204).end())
  router.get('/t/:token', (request, response) => showForm(deps, request.params.token, request, response))
  router.post(
    '/t/:token',
    // The token in the address already keeps others out.
    onlyOwnPages(deps),
    express.urlencoded({ extended: false, limit: BODY_LIMIT, parameterLimit: MAX_FIELDS }),
    (request, response) => takeForm(deps, String(request.params.token), request, response),
  )
  router.use(signInRoutes(deps))
  router.use((request: express.Request, response: express.Response) =>
    refuse(deps, request, response, refusal('link-broken')),
  )
  router.use(answerErrors(deps))
  return router
}

async function showForm(
  deps: PhoneDeps,
  token: string,
  request: express.Request,
  response: express.Response,
): Promise<void> {
  const now = deps.clock.now()
  const scene = await openForm(deps, token, now)
  const visitor = await visitorIn(deps, request)
  if (isRefusal(scene)) {
    const links = formLinks(deps.publicUrl, deps.key)
    const anew =
      visitor && scene.problem === 'link-expired'
        ? await renewedLink({ ...deps, links }, visitor, token, now)
        : undefined
    return anew === undefined ? refuse(deps, request, response, scene) : response.redirect(anew)
  }
  const { last, values } = scene
  const frame = frameOf(deps, visitor)
  const wantsForm = last === undefined || request.query.edit !== undefined
  send(request, response, wantsForm ? formPage(frame, scene, { values }) : recordPage(frame, scene))
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
  const frame = frameOf(deps, await visitorIn(deps, request))
  send(request, response.status(422), formPage(frame, scene, shown))
}

/** Whatever came, as texts; a field that came twice counts once. */
function postOf(body: unknown): FormPost {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>).map(
    ([key, value]) => [key, String(Array.isArray(value) ? value[0] : value)] as const,
  )
  const { revision = '0', reason = '', ...values } = Object.fromEntries(entries)
  return { values, revision: Number(revision), reason: reason.trim().slice(0, 200) }
}

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

function answerErrors(deps: PhoneDeps): express.ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error)
    const type = error instanceof Error && 'type' in error ? error.type : undefined
    if (type === 'entity.too.large' || type === 'parameters.too.many')
      return refuse(deps, request, response, refusal('form-too-large'))
    // An address that can't be read: its words, which may hold half a token, are not for the log.
    if (error instanceof URIError) return refuse(deps, request, response, refusal('link-broken'))
    deps.log.error({ error }, 'phone page failed')
    refuse(deps, request, response, refusal('our-fault'))
  }
}
