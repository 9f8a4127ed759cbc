// The imitated app and bare requests to it, on a clock moved by hand.
import { expect } from 'vitest'
import type { AppImitation } from '../../../../src/sandbox/wecom/app/index.ts'
import { startWecomImitation } from '../../../../src/sandbox/wecom/index.ts'
import type { Bubble, World } from '../../../../src/sandbox/world.ts'
import { CREDENTIALS, createOfficeWorld, GROUP, LIAISON, START } from '../stage.ts'

export { GROUP, LIAISON, SILENT, START } from '../stage.ts'

export const APP = {
  corpId: 'ww-corp',
  agentId: 1_000_002,
  secret: 'secret',
  token: 'token',
  encodingAesKey: 'jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C',
}
export const RIGHT = { corpid: APP.corpId, corpsecret: APP.secret }
export type Json = Record<string, unknown>

export type RawStage = {
  readonly world: World
  readonly app: AppImitation
  address(path: string, query: Record<string, string>): URL
  get(path: string, query?: Record<string, string>): Promise<Json>
  /** With the present token unless `query` says otherwise. */
  post(path: string, body: object | string, query?: Record<string, string>): Promise<Json>
  token(): Record<string, string>
  /** Fetches a token and uses it from here on. */
  renew(): Promise<Json>
  move(ms: number): void
  shown(account?: string): Bubble[]
  close(): Promise<void>
}

export async function openRawStage(): Promise<RawStage> {
  let now = START
  let token = ''
  const world = createOfficeWorld()
  const bot = { botId: CREDENTIALS.bot_id, secret: CREDENTIALS.secret, botName: '督办助手' }
  const app = { ...APP, webhooks: { robot: GROUP } }
  const imitation = await startWecomImitation({ world, clock: { now: () => now }, ...bot, app })
  if (!imitation.app) throw new Error('no app')
  function address(path: string, query: Record<string, string>): URL {
    const url = new URL(`/cgi-bin/${path}`, imitation.base)
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value)
    return url
  }
  async function get(path: string, query: Record<string, string> = {}): Promise<Json> {
    return (await (await fetch(address(path, query))).json()) as Json
  }
  async function renew(): Promise<Json> {
    const answer = await get('gettoken', RIGHT)
    token = String(answer.access_token)
    return answer
  }
  await renew()
  return {
    world,
    app: imitation.app,
    address,
    get,
    async post(path, body, query = { access_token: token }) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const response = await fetch(address(path, query), { method: 'POST', body: text })
      expect(response.status).toBe(200)
      return (await response.json()) as Json
    },
    token: () => ({ access_token: token }),
    renew,
    move(ms) {
      now += ms
    },
    shown: (account = LIAISON) => world.bubbles().filter(({ chat }) => chat === `app:${account}`),
    close: () => imitation.close(),
  }
}

export const message = (changes: object = {}): object => ({
  touser: LIAISON,
  agentid: APP.agentId,
  msgtype: 'text',
  text: { content: '请报送' },
  ...changes,
})
