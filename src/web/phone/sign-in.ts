// Signing in to the phone pages: to the platform and back with a code that is good once, then a cookie of our own.
import express from 'express'
import { formLinks } from '../../app/form-link.ts'
import { myTasks } from '../../app/my-tasks.ts'
import { refusal } from '../../app/open-form.ts'
import {
  type Attempt,
  type CodeSource,
  identify,
  newAttempt,
  readAttempt,
  type SignIn,
  signAttempt,
  signSession,
} from '../../app/sign-in.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import { frameOf, onlyOwnPages, type PhoneDeps, refuse, send, visitorIn } from './answer.ts'
import { cookieOf, dropCookie, homeOf, setCookie } from './cookies.ts'
import { CLIENT_POLICY, chooserPage, clientPage, PLATFORMS } from './sign-in-pages.ts'
import { targetOf } from './target.ts'
import { tasksPage } from './tasks-page.ts'

type Exchange = { readonly request: express.Request; readonly response: express.Response }

/** What came back from the platform, as it came. */
type Brought = { readonly code: string; readonly state: string; readonly from: CodeSource }

/** Codes that one process exchanges at once: more would only wait for the platform. */
const MOST_AT_ONCE = 50

/** The list at the root of the router, `/login…` and `/logout`. */
export function signInRoutes(deps: PhoneDeps): express.Router {
  const router = express.Router()
  const home = homeOf(deps.publicUrl)
  const take = limited(deps)
  router.get('/', async (request, response) => {
    const visitor = await visitorIn(deps, request)
    if (!visitor) return begin(deps, { request, response }, home)
    const links = formLinks(deps.publicUrl, deps.key)
    const tasks = await myTasks({ ...deps, links }, visitor, deps.clock.now())
    send(request, response, tasksPage(frameOf(deps), tasks, deps.office.calendar, `${home}logout`))
  })
  router.get('/login', async (request, response) => {
    const to = targetOf(home, request.query.to)
    if (await visitorIn(deps, request)) return response.redirect(to)
    begin(deps, { request, response }, to)
  })
  for (const signIn of deps.signIns) {
    router.get(`/login/${signIn.channel}`, (request, response) => {
      const { code, authCode, state } = request.query
      return take(signIn, brought(code ?? authCode, state, 'browser'), { request, response })
    })
    if (!signIn.inClient) continue
    const form = express.urlencoded({ extended: false, limit: '4kb', parameterLimit: 5 })
    router.post(`/login/${signIn.channel}`, onlyOwnPages(deps), form, (request, response) => {
      const { code, state } = (request.body ?? {}) as Record<string, unknown>
      return take(signIn, brought(code, state, 'client'), { request, response })
    })
  }
  router.post('/logout', onlyOwnPages(deps), (_request, response) => {
    dropCookie(response, deps.publicUrl, 'duban_session')
    response.redirect(303, `${home}login`)
  })
  return router
}

const brought = (code: unknown, state: unknown, from: CodeSource): Brought => ({
  code: typeof code === 'string' ? code : '',
  state: typeof state === 'string' ? state : '',
  from,
})

/** Sends the visitor to the platform that he is in, or that there is, or asks which. */
function begin(deps: PhoneDeps, { request, response }: Exchange, to: string): void {
  const channels = deps.signIns.map(({ channel }) => channel)
  const channel = channelOf(request) ?? (channels.length === 1 ? channels[0] : undefined)
  const signIn = deps.signIns.find((one) => one.channel === channel)
  if (signIn) {
    start(deps, { request, response }, signIn, newAttempt(signIn.channel, to, false))
  } else if (channel === undefined && channels.length > 0) {
    const login = (via: ChannelName) => `${homeOf(deps.publicUrl)}login?${new URLSearchParams({ via, to })}`
    send(request, response, chooserPage(frameOf(deps), channels, login))
  } else {
    const platform = channel === undefined ? '企业微信和钉钉' : PLATFORMS[channel]
    refuse(deps, request, response, refusal('sign-in-none', { platform }))
  }
}

function start(
  deps: PhoneDeps,
  { request, response }: Exchange,
  { channel, inClient, authorizeUrl }: SignIn,
  attempt: Attempt,
): void {
  const { publicUrl, key, clock } = deps
  const { state, to } = attempt
  setCookie(response, publicUrl, 'duban_attempt', signAttempt(attempt, key, clock.now()))
  if (!inClient || clientOf(request) !== channel || request.query.browser !== undefined) {
    response.redirect(303, authorizeUrl(`${publicUrl}/m/login/${channel}`, state))
    return
  }
  const home = homeOf(publicUrl)
  const otherwise = `${home}login?${new URLSearchParams({ via: channel, browser: '1', to })}`
  response.set('Content-Security-Policy', CLIENT_POLICY)
  const page = { ...inClient, state, action: `${home}login/${channel}`, otherwise }
  send(request, response, clientPage(frameOf(deps), page))
}

/** What the address says, else the client that the page is open in. */
function channelOf(request: express.Request): ChannelName | undefined {
  const { via } = request.query
  return via === 'wecom' || via === 'dingtalk' ? via : clientOf(request)
}

function clientOf(request: express.Request): ChannelName | undefined {
  const agent = request.get('user-agent') ?? ''
  if (/wxwork/i.test(agent)) return 'wecom'
  return /DingTalk/i.test(agent) ? 'dingtalk' : undefined
}

/** `arrive`, so many at once at most. */
function limited(deps: PhoneDeps) {
  let underWay = 0
  return async (signIn: SignIn, given: Brought, exchange: Exchange): Promise<void> => {
    const { request, response } = exchange
    const platform = PLATFORMS[signIn.channel]
    if (underWay >= MOST_AT_ONCE)
      return refuse(deps, request, response, refusal('sign-in-later', { platform }))
    underWay += 1
    try {
      await arrive(deps, exchange, signIn, given)
    } finally {
      underWay -= 1
    }
  }
}

/** Back from the platform. The cookie of the attempt stays: a client may come twice with the same code (several reports). */
async function arrive(deps: PhoneDeps, exchange: Exchange, signIn: SignIn, given: Brought): Promise<void> {
  const { request, response } = exchange
  const { key, publicUrl, clock } = deps
  const attempt = readAttempt(cookieOf(request, 'duban_attempt'), key, clock.now())
  if (!attempt || attempt.channel !== signIn.channel || attempt.state !== given.state)
    return refuse(deps, request, response, refusal('sign-in-state'))
  const found =
    given.code === '' ? refusal('sign-in-again') : await identify(deps, signIn, given.code, given.from)
  if (found === 'again') {
    if (await visitorIn(deps, request)) return response.redirect(303, attempt.to)
    if (attempt.isSecond) return refuse(deps, request, response, refusal('sign-in-again'))
    return start(deps, exchange, signIn, newAttempt(signIn.channel, attempt.to, true))
  }
  if ('problem' in found) return refuse(deps, request, response, found)
  setCookie(response, publicUrl, 'duban_session', signSession(found, key, clock.now()))
  response.redirect(303, attempt.to)
}
