// DingTalk imitated on loopback: a real HTTP server with the stream's websocket, which draws everything into a world.
import type { AddressInfo } from 'node:net'
import type { Imitation, ImitationClock } from '../imitation.ts'
import type { ShownCard, World } from '../world.ts'
import { Cards } from './cards.ts'
import { createFaults, type FaultSwitches } from './faults.ts'
import { Gateway, type Timing } from './gateway.ts'
import { type Call, createLimits, type Limits, type Quota } from './limits.ts'
import { createMedia, type Media } from './media.ts'
import type { RobotBody } from './messages.ts'
import { Personas, type PressShape } from './personas.ts'
import type { Platform } from './platform.ts'
import { Pushes } from './pushes.ts'
import { createRobot, type Robot } from './robot.ts'
import { createHttpServer, type Route } from './server.ts'
import { type AccessTokens, createAccessTokens } from './tokens.ts'

export type DingtalkImitationOptions = {
  readonly world: World
  readonly clock: ImitationClock
  /** 0 or absent: a free one. */
  readonly port?: number
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  readonly corpId: string
  readonly botName: string
  /** Our card name → template id, as the product is configured; all are published but those listed below. */
  readonly cardTemplates: Readonly<Record<string, string>>
  readonly unpublished?: readonly string[]
  readonly outsiders?: readonly string[]
  readonly seed?: number
  readonly timing?: Partial<Timing>
}

export type DingtalkImitation = Imitation & {
  readonly base: string
  readonly faults: FaultSwitches
  /** Sends a message of any kind (voice, file, unknown …) as the client would. */
  send(account: string, chatId: string, body: RobotBody): ReturnType<Imitation['say']>
  /** Delivers again, once, what was not acknowledged and is due by the clock. */
  redeliverDue(): Promise<void>
  lost(): number
  connections(): number
  disconnectAll(): void
  cutAll(): void
  broadcast(frame: string): void
  pressAs(shape: PressShape): void
  invalidateToken(): void
  /** Stops taking messages in this group, or takes them again. */
  closeGroup(chatId: string, why: 'disbanded' | 'robot removed' | 'robot stopped' | undefined): void
  flowControl(account: string): void
  enforce(quota: Quota): void
  calls(): readonly Call[]
  used(): Quota
  viewOf(account: string, outTrackId: string): ShownCard | undefined
  /** What the real platform would have disliked without saying so. */
  complaints(): readonly string[]
}

const TIMING: Timing = { ackMs: 3_000, cardAckMs: 2_000, pingMs: 30_000, closeMs: 10_000, slowMs: 15_000 }

/** Listens on 127.0.0.1; rejects when the port is taken. */
export async function startDingtalkImitation(options: DingtalkImitationOptions): Promise<DingtalkImitation> {
  const { clock } = options
  const platform = platformOf(options)
  const timing = { ...TIMING, ...options.timing }
  const complaints: string[] = []
  const complain = (what: string): void => void complaints.push(what)
  const faults = createFaults(options.seed ?? 1)
  const limits = createLimits(clock)
  const tokens = createAccessTokens(platform)
  const gateway = new Gateway(platform, faults, timing, complain)
  const pushes = new Pushes(platform, gateway, faults, timing)
  const cards = new Cards(platform, complain)
  const robot = createRobot(platform)
  const media = createMedia(platform)
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port}`
  const routes = routesOf({ tokens, gateway, robot, cards, media, base })
  const server = createHttpServer({
    routes,
    tokens,
    limits,
    faults,
    slowMs: timing.slowMs,
    file: media.bytes,
  })
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  await listen(server, options.port ?? 0)
  const personas = new Personas({ platform, cards, robot, pushes, limits, base })
  return {
    ...peopleSide(personas, pushes),
    ...testSide({ platform, gateway, pushes, personas, cards, limits }),
    settings: settingsOf(options, base()),
    base: base(),
    faults,
    invalidateToken: tokens.invalidate,
    complaints: () => complaints,
    close: () => close(server, gateway),
  }
}

function platformOf(options: DingtalkImitationOptions): Platform {
  const { outsiders = [], unpublished = [], cardTemplates, ...rest } = options
  const ids = Object.values(cardTemplates)
  return {
    ...rest,
    templates: new Map(ids.map((id) => [id, { published: !unpublished.includes(id) }])),
    closedGroups: new Map(),
    flowControlled: new Set(),
    outsiders: new Set(outsiders),
  }
}

function routesOf(parts: {
  tokens: AccessTokens
  gateway: Gateway
  robot: Robot
  cards: Cards
  media: Media
  base: () => string
}): Record<string, Route> {
  const { tokens, gateway, robot, cards, media, base } = parts
  return {
    'POST /v1.0/oauth2/accessToken': { access: 'open', handle: ({ body }) => tokens.issue(body) },
    'POST /v1.0/gateway/connections/open': {
      access: 'open',
      handle: ({ body, headers }) => gateway.open(body, headers.accept, new URL(base()).host),
    },
    'POST /v1.0/robot/groupMessages/send': {
      access: 'token',
      handle: ({ body }) => robot.sendToGroup(body),
    },
    'POST /v1.0/robot/oToMessages/batchSend': {
      access: 'token',
      handle: ({ body }) => robot.sendToPeople(body),
    },
    'POST /v1.0/robot/messageFiles/download': {
      access: 'token',
      handle: ({ body }) => media.address(body, base()),
    },
    'POST /v1.0/card/instances/createAndDeliver': {
      access: 'token',
      handle: ({ body }) => cards.create(body),
    },
    'PUT /v1.0/card/instances': { access: 'token', handle: ({ body }) => cards.update(body) },
    'POST /robot/sendBySession': {
      access: 'session',
      handle: ({ body, query }) => robot.reply(query.get('session') ?? '', body),
    },
  }
}

function peopleSide(personas: Personas, pushes: Pushes) {
  return {
    platform: 'dingtalk',
    say: (account, chatId, said) => personas.say(account, chatId, said),
    click: (account, bubble, button) => personas.click(account, bubble, button),
    // No event tells a robot that its chat was opened (documented list of events).
    enter: () => Promise.resolve({ reached: false, note: '钉钉不会告诉机器人谁打开了单聊' }),
    settled: () => pushes.settled(),
  } satisfies Partial<Imitation>
}

function testSide(parts: {
  platform: Platform
  gateway: Gateway
  pushes: Pushes
  personas: Personas
  cards: Cards
  limits: Limits
}) {
  const { platform, gateway, pushes, personas, cards, limits } = parts
  return {
    enforce: limits.enforce,
    calls: limits.calls,
    used: limits.used,
    viewOf: (account, outTrackId) => cards.viewOf(account, outTrackId),
    send: (account, chatId, body) => personas.send(account, chatId, body),
    redeliverDue: () => pushes.redeliverDue(),
    lost: () => pushes.lost(),
    connections: () => gateway.connections(),
    disconnectAll: () => gateway.disconnect(),
    cutAll: () => gateway.cut(),
    broadcast: (frame) => gateway.broadcast(frame),
    pressAs: (shape) => {
      personas.pressShape = shape
    },
    closeGroup: (chatId, why) => {
      if (why) platform.closedGroups.set(chatId, why)
      else platform.closedGroups.delete(chatId)
    },
    flowControl: (account) => void platform.flowControlled.add(account),
  } satisfies Partial<DingtalkImitation>
}

function settingsOf(options: DingtalkImitationOptions, base: string): Record<string, string> {
  return {
    DINGTALK_API_BASE: base,
    DINGTALK_OAPI_BASE: base,
    DINGTALK_CLIENT_ID: options.clientId,
    DINGTALK_CLIENT_SECRET: options.clientSecret,
    DINGTALK_ROBOT_CODE: options.robotCode,
    DINGTALK_CORP_ID: options.corpId,
    DINGTALK_CARD_TEMPLATES: JSON.stringify(options.cardTemplates),
    BOT_NAME: options.botName,
  }
}

function listen(server: ReturnType<typeof createHttpServer>, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject)
      resolve()
    })
  })
}

function close(server: ReturnType<typeof createHttpServer>, gateway: Gateway): Promise<void> {
  gateway.close()
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
