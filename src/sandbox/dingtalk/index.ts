// DingTalk imitated on loopback: a real HTTP server with the stream's websocket, which draws everything into a world.
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { createFaultBox } from '../faults.ts'
import type { Imitation, ImitationClock } from '../imitation.ts'
import type { ShownCard, World } from '../world.ts'
import { Cards } from './cards.ts'
import { createDings, type DingKind, type ShownDing } from './dings.ts'
import type { FaultSwitches, Faults } from './faults.ts'
import { Gateway, type Timing } from './gateway.ts'
import { createGroupRobots } from './group-robots.ts'
import { type Call, createLimits, type Quota } from './limits.ts'
import { createLoginPage } from './login-page.ts'
import { createLogins } from './logins.ts'
import { createMedia } from './media.ts'
import type { RobotBody } from './messages.ts'
import { Personas, type PressShape } from './personas.ts'
import type { GroupRobot, Platform } from './platform.ts'
import { Pushes } from './pushes.ts'
import { createRobot } from './robot.ts'
import { type Endpoints, routesOf } from './routes.ts'
import { SentMessages } from './sent-messages.ts'
import { createHttpServer } from './server.ts'
import { createTodos, type Todo } from './todos.ts'
import { createAccessTokens } from './tokens.ts'

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
  /** Our card name → template id, as the product is configured; all are published but those listed below. The one named `form` has inputs. */
  readonly cardTemplates: Readonly<Record<string, string>>
  readonly unpublished?: readonly string[]
  readonly outsiders?: readonly string[]
  /** Groups' own robots: token → its group and security settings. */
  readonly webhooks?: Readonly<Record<string, GroupRobot>>
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
  /** Pushes an event of the organisation; true when it was acknowledged. */
  tell(type: string, data: object): Promise<boolean>
  /** Stops taking messages in this group, or takes them again. */
  closeGroup(chatId: string, why: 'disbanded' | 'robot removed' | 'robot stopped' | undefined): void
  flowControl(account: string): void
  /** The person leaves the organisation. */
  leave(account: string): void
  /** From now on the person belongs to another organisation. */
  estrange(account: string): void
  /** Takes a permission away from the application. */
  revoke(scope: string): void
  /** The person reads all that the robot sent to this chat. */
  read(account: string, chatId: string): void
  /** The code that a page opened by this person gets, in the client or in a browser. */
  loginCode(account: string): string
  todos(): readonly Todo[]
  dings(): readonly ShownDing[]
  buyDings(kind: DingKind, count: number): void
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
  const platform = platformOf(options)
  const timing = { ...TIMING, ...options.timing }
  const complaints: string[] = []
  const complain = (what: string): void => void complaints.push(what)
  const faults: Faults = createFaultBox(options.seed ?? 1)
  const limits = createLimits(options.clock)
  const gateway = new Gateway(platform, faults, timing, complain)
  const base = (): string => `http://127.0.0.1:${(server.address() as AddressInfo | null)?.port}`
  const parts = partsOf(platform, gateway, complain, base)
  const { tokens, media } = parts
  const server = createHttpServer({
    routes: routesOf(parts),
    tokens,
    limits,
    faults,
    slowMs: timing.slowMs,
    revoked: platform.revoked,
    file: media.bytes,
    loginPage: createLoginPage(platform, parts.logins),
  })
  server.on('upgrade', (request, socket, head) => gateway.upgrade(request, socket, head))
  await listen(server, options.port ?? 0)
  const pushes = new Pushes(platform, gateway, faults, timing)
  const personas = new Personas({ ...parts, platform, pushes, limits })
  return {
    ...peopleSide(personas, pushes),
    ...testSide(parts, personas, pushes),
    ...platformSide(platform, parts),
    ...limits,
    settings: settingsOf(options, base()),
    base: base(),
    faults,
    complaints: () => complaints,
    close: () => close(server, gateway),
  }
}

function platformOf(options: DingtalkImitationOptions): Platform {
  const { outsiders = [], unpublished = [], webhooks = {}, cardTemplates, ...rest } = options
  const ids = Object.values(cardTemplates)
  return {
    ...rest,
    templates: new Map(
      ids.map((id) => [id, { published: !unpublished.includes(id), form: id === cardTemplates.form }]),
    ),
    closedGroups: new Map(),
    flowControlled: new Set(),
    left: new Set(),
    revoked: new Set(),
    webhooks: new Map(Object.entries(webhooks)),
    outsiders: new Set(outsiders),
  }
}

function partsOf(
  platform: Platform,
  gateway: Gateway,
  complain: (what: string) => void,
  base: () => string,
): Endpoints {
  const sent = new SentMessages(platform)
  return {
    gateway,
    base,
    sent,
    tokens: createAccessTokens(platform),
    robot: createRobot(platform, sent),
    groupRobots: createGroupRobots(platform),
    cards: new Cards(platform, complain),
    media: createMedia(platform),
    todos: createTodos(platform),
    dings: createDings(platform),
    logins: createLogins(platform),
  }
}

function peopleSide(personas: Personas, pushes: Pushes) {
  return {
    platform: 'dingtalk',
    say: (account, chatId, said) => personas.say(account, chatId, said),
    click: (account, bubble, button) => personas.click(account, bubble, button),
    fill: (account, bubble, values) => personas.fill(account, bubble, values),
    // No event tells a robot that its chat was opened (documented list of events).
    enter: () => Promise.resolve({ reached: false, note: '钉钉不会告诉机器人谁打开了单聊' }),
    settled: () => pushes.settled(),
  } satisfies Partial<Imitation>
}

function testSide({ gateway, cards, tokens }: Endpoints, personas: Personas, pushes: Pushes) {
  return {
    invalidateToken: tokens.invalidate,
    viewOf: (account, outTrackId) => cards.viewOf(account, outTrackId),
    send: (account, chatId, body) => personas.send(account, chatId, body),
    tell: (type, data) => pushes.event(randomUUID(), type, data),
    redeliverDue: () => pushes.redeliverDue(),
    lost: () => pushes.lost(),
    connections: () => gateway.connections(),
    disconnectAll: () => gateway.disconnect(),
    cutAll: () => gateway.cut(),
    broadcast: (frame) => gateway.broadcast(frame),
    pressAs: (shape) => {
      personas.pressShape = shape
    },
  } satisfies Partial<DingtalkImitation>
}

function platformSide(platform: Platform, { sent, logins, todos, dings }: Endpoints) {
  return {
    closeGroup: (chatId, why) => {
      if (why) platform.closedGroups.set(chatId, why)
      else platform.closedGroups.delete(chatId)
    },
    flowControl: (account) => void platform.flowControlled.add(account),
    estrange: (account) => void platform.outsiders.add(account),
    leave: (account) => void platform.left.add(account),
    revoke: (scope) => void platform.revoked.add(scope),
    read: (account, chatId) => sent.read(account, chatId),
    loginCode: logins.code,
    todos: todos.all,
    dings: dings.all,
    buyDings: dings.buy,
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
    DINGTALK_LOGIN_BASE: base,
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
