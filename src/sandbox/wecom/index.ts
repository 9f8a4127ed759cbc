// The imitated WeCom bot platform: a real WebSocket and HTTP server on loopback that speaks the long connection's protocol.
import { randomUUID } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { createFaultBox } from '../faults.ts'
import type { Imitation, ImitationClock } from '../imitation.ts'
import type { World } from '../world.ts'
import { type AppImitation, type AppImitationOptions, createAppImitation } from './app/index.ts'
import { isAppChat } from './app/platform.ts'
import { type Bot, createCommands } from './commands.ts'
import type { FaultName, FaultSwitches, Faults } from './faults.ts'
import { createMedia, type Media } from './media.ts'
import { createMemory } from './memory.ts'
import { createPace } from './pace.ts'
import { createPersonas, type Personas } from './personas.ts'
import { createSessions, type SessionTiming, type Traffic } from './sessions.ts'

export type WecomImitationOptions = {
  readonly world: World
  readonly clock: ImitationClock
  /** A free one is taken without it. */
  readonly port?: number
  readonly botId: string
  readonly secret: string
  readonly botName: string
  readonly seed?: number
  /** Chances (0 to 1) of misfortune from the start. */
  readonly faults?: Partial<Record<FaultName, number>>
  readonly timing?: Partial<SessionTiming>
  /** Senders are named by encrypted ids, as for a bot whose creator is no super-admin (documented: 接收消息). */
  readonly encryptedIds?: boolean
  /** A self-built app of the same corporation beside the bot. */
  readonly app?: AppImitationOptions
}

export type WecomImitation = Imitation & {
  /** Base of every HTTP address: API and sign-in. */
  readonly base: string
  /** Present with `options.app`. */
  readonly app?: AppImitation
  readonly wsUrl: string
  readonly faults: FaultSwitches
  traffic(): Traffic
}

const TIMING: SessionTiming = {
  silenceMs: 100_000,
  evictedCloseMs: 2000,
  ackDelayMs: 6000,
  subscribesPerMinute: 30,
}

/** Listens on 127.0.0.1, any path; rejects when the port is taken. Draws what is said into `world`. */
export async function startWecomImitation(options: WecomImitationOptions): Promise<WecomImitation> {
  const { world, clock, botId, secret } = options
  const bot = botOf(options)
  const faults: Faults = createFaultBox(options.seed ?? 1, options.faults)
  const http = createServer()
  const media = createMedia(clock, () => address(http, 'http'))
  const app = options.app && createAppImitation({ world, clock, seed: options.seed ?? 1 }, options.app)
  serveHttp(http, media, app)
  // Listening comes first: a WebSocketServer would throw the taken port at nobody.
  await listen(http, options.port ?? 0)
  const sockets = new WebSocketServer({ server: http })
  const sessions = createSessions(sockets, {
    botId,
    secret,
    timing: { ...TIMING, ...options.timing },
    faults,
    execute: createCommands(bot),
  })
  const personas = createPersonas({ bot, sessions, media, responseUrl: () => responseUrl(http) })
  const wsUrl = address(http, 'ws')
  const base = address(http, 'http')
  return {
    platform: 'wecom',
    settings: settingsOf(options, wsUrl, base),
    wsUrl,
    base,
    faults,
    ...(app ? { app } : {}),
    traffic: sessions.traffic,
    ...peopleSide(personas, app),
    async settled() {
      await sessions.settled()
      await app?.settled()
    },
    close: () => close(http, sockets),
  }
}

function botOf({ world, clock, botId, botName, encryptedIds = false }: WecomImitationOptions): Bot {
  const [memory, pace] = [createMemory(world, botId), createPace(world, clock.now())]
  return { world, clock, id: botId, name: botName, memory, pace, encryptedIds }
}

/** A member's chat with the app is another than the one with the bot, and so are the cards in it. */
function peopleSide(
  personas: Personas,
  app: AppImitation | undefined,
): Pick<Imitation, 'say' | 'click' | 'enter'> {
  return {
    say: async (account, chatId, said) =>
      app && isAppChat(chatId) ? app.say(account, said) : personas.say(account, chatId, said),
    click: async (account, bubbleId, button) =>
      app && bubbleId.startsWith('wecom-app:')
        ? app.click(account, bubbleId, button)
        : personas.click(account, bubbleId, button),
    enter: async (account, chatId) =>
      app && chatId !== undefined && isAppChat(chatId) ? app.enter(account) : personas.enter(account),
  }
}

const settingsOf = (options: WecomImitationOptions, wsUrl: string, base: string): Record<string, string> => ({
  WECOM_WS_URL: wsUrl,
  WECOM_BOT_ID: options.botId,
  WECOM_BOT_SECRET: options.secret,
  BOT_NAME: options.botName,
  ...(options.app ? appSettings(base, options.app) : {}),
})

const appSettings = (base: string, app: AppImitationOptions): Record<string, string> => ({
  WECOM_API_BASE: base,
  WECOM_OAUTH_BASE: base,
  WECOM_CORP_ID: app.corpId,
  WECOM_AGENT_ID: String(app.agentId),
  WECOM_SECRET: app.secret,
  WECOM_TOKEN: app.token,
  WECOM_ENCODING_AES_KEY: app.encodingAesKey,
})

function serveHttp(http: Server, media: Media, app: AppImitation | undefined): void {
  http.on('request', (request, response) => {
    const path = request.url ?? '/'
    if (request.method === 'GET' && path.startsWith('/media/')) return media.serve(path, response)
    const served = app ? app.serve(request, response) : Promise.resolve(false)
    served.then(
      (isOurs) => void (isOurs || response.writeHead(404).end()),
      // A request that broke off half-way.
      () => response.destroy(),
    )
  })
}

function listen(http: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http.once('error', reject)
    http.listen(port, '127.0.0.1', () => {
      http.off('error', reject)
      resolve()
    })
  })
}

function address(http: Server, scheme: 'http' | 'ws'): string {
  return `${scheme}://127.0.0.1:${(http.address() as AddressInfo).port}`
}

// (documented: 主动回复消息) One use, one hour; the address itself is not served by this imitation.
function responseUrl(http: Server): string {
  return `${address(http, 'http')}/cgi-bin/aibot/response?response_code=${randomUUID()}`
}

/** Cuts every connection, as a killed server would. */
async function close(http: Server, sockets: WebSocketServer): Promise<void> {
  for (const socket of sockets.clients) socket.terminate()
  http.closeAllConnections()
  await new Promise<void>((resolve) => sockets.close(() => resolve()))
  await new Promise<void>((resolve) => http.close(() => resolve()))
}
