// The demo page's API: read the office, speak and press as a persona, move the clock.
import express from 'express'
import type { Log } from '../../app/ports.ts'
import type { DemoOffice } from '../office.ts'
import { createPageClock } from './clock.ts'
import { answerErrors, PageError } from './errors.ts'
import { createLive } from './events.ts'
import { onlyJsonBody, onlyOwnPage } from './guard.ts'
import { decodePictures, pictureOf } from './pictures.ts'
import {
  BODY_BYTES,
  ClickRequest,
  ClockRequest,
  EnterRequest,
  FaultRequest,
  FillRequest,
  parseRequest,
  SayRequest,
} from './requests.ts'
import { chatFor, faultsOf, fillable, personaOf, pressable, stateOf } from './view.ts'
import type { Delivered, LedgerState } from './wire.ts'

/** Everything under /sandbox/api. Answers are JSON, refusals too. */
export function pageApi(office: DemoOffice, log?: Pick<Log, 'error'>): express.Router {
  const clock = createPageClock(office)
  const live = createLive(office, clock.state)
  const api = express.Router()
  api.use(onlyOwnPage, onlyJsonBody, express.json({ limit: BODY_BYTES }))

  addReading(api, office, clock, live)
  addActing(api, office, live)
  api.post('/clock', async (request, response) => {
    await clock.leap(parseRequest(ClockRequest, request.body), live.clockChanged)
    live.stir()
    response.json(clock.state())
  })
  api.post('/faults', (request, response) => {
    const { id, on } = parseRequest(FaultRequest, request.body)
    if (!office.faults.turn(id, on)) throw new PageError(404, 'unknown-switch', '没有这个开关，请刷新页面。')
    live.faultsChanged()
    response.json(faultsOf(office))
  })
  api.use(() => {
    throw new PageError(404, 'unknown-address', '没有这个地址。')
  })
  api.use(answerErrors(log))
  return api
}

function addReading(
  api: express.Router,
  office: DemoOffice,
  clock: ReturnType<typeof createPageClock>,
  live: ReturnType<typeof createLive>,
): void {
  api.get('/state', (_request, response) => void response.json(stateOf(office, clock.state())))
  api.get('/ledger', async (_request, response) => {
    const state: LedgerState = { lines: await office.ledger() }
    response.json(state)
  })
  api.get('/events', (_request, response) => live.join(response))
  api.get('/pictures/:bubble/:index', (request, response) => {
    const picture = pictureOf(office.world.find(request.params.bubble), Number(request.params.index))
    if (!picture) throw new PageError(404, 'unknown-picture', '没有这张图片。')
    response.type(picture.type).send(picture.bytes)
  })
}

function addActing(api: express.Router, office: DemoOffice, live: ReturnType<typeof createLive>): void {
  const act = (work: (body: unknown) => Promise<Delivered>): express.RequestHandler => {
    return async (request, response) => {
      const delivered = await work(request.body)
      live.stir()
      response.json(delivered)
    }
  }
  api.post(
    '/say',
    act((body) => say(office, body)),
  )
  api.post(
    '/click',
    act((body) => click(office, body)),
  )
  api.post(
    '/fill',
    act((body) => fill(office, body)),
  )
  api.post(
    '/enter',
    act((body) => enter(office, body)),
  )
}

async function say(office: DemoOffice, body: unknown): Promise<Delivered> {
  const { platform, account, chat, text, mention, quote, images } = parseRequest(SayRequest, body)
  chatFor(office, { platform, account }, chat)
  if (text.trim() === '' && !images?.length)
    throw new PageError(400, 'empty', '还没有写内容，请输入文字或选一张图片。')
  if (quote !== undefined && office.world.find(quote)?.chat !== chat)
    throw new PageError(404, 'unknown-quote', '引用的消息不在这个会话里，请取消引用后再发。')
  return office.imitations[platform].say(account, chat, {
    text,
    ...(mention === undefined ? {} : { mention }),
    ...(quote === undefined ? {} : { quote }),
    ...(images?.length ? { images: decodePictures(images) } : {}),
  })
}

async function click(office: DemoOffice, body: unknown): Promise<Delivered> {
  const { platform, account, bubble, button } = parseRequest(ClickRequest, body)
  pressable(office, { platform, account }, bubble, button)
  return office.imitations[platform].click(account, bubble, button)
}

async function fill(office: DemoOffice, body: unknown): Promise<Delivered> {
  const { platform, account, bubble, values } = parseRequest(FillRequest, body)
  fillable(office, { platform, account }, bubble)
  const filled = await office.imitations[platform].fill?.(account, bubble, values)
  return filled ?? { reached: false, note: '这个平台的卡片不能填写。' }
}

async function enter(office: DemoOffice, body: unknown): Promise<Delivered> {
  const persona = personaOf(office, parseRequest(EnterRequest, body))
  return office.imitations[persona.platform].enter(persona.account)
}
