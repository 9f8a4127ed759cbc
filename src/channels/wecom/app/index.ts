// The self-built app (自建应用) put together: its API with the common token, its callback, and what it can send, fetch and tell.
import type { Clock, Log } from '../../../app/ports.ts'
import type { MediaRef } from '../../../core/message/types.ts'
import type { Fetched } from '../media.ts'
import { createMadeChats } from './announce.ts'
import { Api } from './api.ts'
import { type Callback, createCallback } from './callback.ts'
import { AppClient } from './client.ts'
import { createWecomLogin, type WecomLogin } from './login.ts'
import { download } from './media.ts'
import { OpenIds } from './open-ids.ts'
import { Tokens, type TokenVault } from './token.ts'
import type { parseXml } from './xml.ts'

export type WecomAppConfig = {
  readonly apiBase: string
  readonly oauthBase: string
  readonly corpId: string
  /** Digits. */
  readonly agentId: string
  readonly secret: string
  readonly token: string
  readonly encodingAesKey: string
  /** Where a card without buttons leads. */
  readonly publicUrl?: string
}

export type WecomAppDeps = {
  readonly clock: Clock
  readonly log: Log
  readonly vault: TokenVault
  readonly parse?: typeof parseXml
}

export type WecomApp = {
  readonly api: Api
  readonly callback: Callback
  readonly client: AppClient
  readonly chats: ReturnType<typeof createMadeChats>
  readonly openIds: OpenIds
  readonly login: WecomLogin
  /** True for what came through the app. */
  owns(media: MediaRef): boolean
  fetchMedia(media: MediaRef): Promise<Fetched>
}

/** Connects nothing: the first call fetches the token. */
export function createWecomApp(config: WecomAppConfig, deps: WecomAppDeps): WecomApp {
  const api = new Api(config.apiBase, new Tokens(config, deps.vault, deps))
  return {
    api,
    callback: createCallback(config, deps),
    client: new AppClient(api, config, deps),
    chats: createMadeChats(api, deps),
    openIds: new OpenIds(api, deps.log),
    login: createWecomLogin(config, api),
    owns: ({ ref }) => ref.via === 'app',
    fetchMedia: ({ ref }) => download(api, String(ref.mediaId)),
  }
}
