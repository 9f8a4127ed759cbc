// The imitated self-built app (自建应用), its group robots and its sign-in: the HTTP side beside the bot's long connection.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createFaultBox } from '../../faults.ts'
import type { Delivered, ImitationClock, Said } from '../../imitation.ts'
import type { World } from '../../world.ts'
import type { AppFaultName, AppFaultSwitches, AppFaults } from '../faults.ts'
import { AppChats } from './appchat.ts'
import { CALLBACK_TIMING, Callbacks, type CallbackTiming } from './callbacks.ts'
import { AppMedia } from './media.ts'
import { AppMessages } from './messages.ts'
import { OAuth } from './oauth.ts'
import { AppPersonas, type Selection, type Sent } from './personas.ts'
import type { AppCredentials, AppPlatform } from './platform.ts'
import { createAppServer } from './server.ts'
import { AppTokens } from './tokens.ts'
import { type WebhookEnd, Webhooks } from './webhooks.ts'
import type { Elements } from './xml.ts'

export type AppImitationOptions = AppCredentials & {
  /** Key → chat id of the group that its robot speaks in. */
  readonly webhooks?: Readonly<Record<string, string>>
  readonly faults?: Partial<Record<AppFaultName, number>>
  readonly timing?: Partial<CallbackTiming & { readonly slowMs: number }>
}

export type AppImitation = {
  readonly faults: AppFaultSwitches
  /** Saves the callback address as the admin console does: only one that answers the check. */
  setCallback(url: string): Promise<boolean>
  /** Forgets it: interactive cards are then refused. */
  clearCallback(): void
  /** Host and port that a sign-in may lead back to. */
  trustDomain(host: string): void
  say(account: string, said: Said): Promise<Delivered>
  click(account: string, bubbleId: string, button: string, selected?: Selection): Promise<Delivered>
  enter(account: string): Promise<Delivered>
  menu(account: string, key: string): Promise<Delivered>
  send(account: string, sent: Sent): Promise<Delivered>
  event(from: string, event: string, more?: Elements): Promise<Delivered>
  /** Takes members out of the app's visible range, or back in. */
  hide(account: string, hidden: boolean): void
  endWebhook(key: string, code: WebhookEnd): void
  invalidateToken(): void
  /** How often a path was asked. */
  calls(path: string): number
  /** Messages that vanished though they were answered with 0. */
  dropped(): number
  complaints(): readonly string[]
  settled(): Promise<void>
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>
}

const SLOW_MS = 12_000

/** One app on its world; `serve` answers the requests that are the app's. */
export function createAppImitation(
  { world, clock, seed }: { world: World; clock: ImitationClock; seed: number },
  { webhooks: keys = {}, faults: chances = {}, timing = {}, ...credentials }: AppImitationOptions,
): AppImitation {
  const faults: AppFaults = createFaultBox(seed, chances)
  const platform: AppPlatform = {
    ...credentials,
    world,
    clock,
    faults,
    hidden: new Set(),
    callbackUrl: undefined,
    trustedDomain: undefined,
  }
  const media = new AppMedia(clock)
  const messages = new AppMessages(platform, media)
  const callbacks = new Callbacks(platform, { ...CALLBACK_TIMING, ...timing })
  const tokens = new AppTokens(platform)
  const webhooks = new Webhooks(platform, keys)
  const personas = new AppPersonas(platform, { callbacks, messages, media })
  const calls = new Map<string, number>()
  const [chats, oauth, slowMs] = [
    new AppChats(platform, media),
    new OAuth(platform),
    timing.slowMs ?? SLOW_MS,
  ]
  return {
    faults,
    ...consoleOf(platform, callbacks),
    ...membersOf(personas),
    endWebhook: (key, code) => webhooks.end(key, code),
    invalidateToken: () => tokens.invalidate(),
    calls: (path) => calls.get(path) ?? 0,
    dropped: () => messages.outbox.dropped,
    complaints: () => callbacks.complaints,
    settled: () => callbacks.settled(),
    serve: createAppServer(platform, { tokens, messages, media, webhooks, chats, oauth, slowMs }, calls),
  }
}

/** What an administrator sets. */
function consoleOf(platform: AppPlatform, callbacks: Callbacks) {
  return {
    async setCallback(url: string): Promise<boolean> {
      const isGood = await callbacks.verify(url)
      if (isGood) platform.callbackUrl = url
      return isGood
    },
    clearCallback(): void {
      platform.callbackUrl = undefined
    },
    trustDomain(host: string): void {
      platform.trustedDomain = host
    },
    hide: (account: string, hidden: boolean) =>
      void (hidden ? platform.hidden.add(account) : platform.hidden.delete(account)),
  }
}

/** What members do. */
function membersOf(personas: AppPersonas) {
  return {
    say: (account: string, said: Said) => personas.say(account, said),
    click: (account: string, bubble: string, button: string, selected?: Selection) =>
      personas.click(account, bubble, button, selected),
    enter: (account: string) => personas.enter(account),
    menu: (account: string, key: string) => personas.menu(account, key),
    send: (account: string, sent: Sent) => personas.send(account, sent),
    event: (from: string, event: string, more?: Elements) => personas.event(from, event, more),
  }
}
