// The misfortunes that the demo page can switch on, in everyday words: what each is called, what happens, and how likely it is then.

import type { FaultName as DingtalkFault } from './dingtalk/faults.ts'
import type { DingtalkImitation } from './dingtalk/index.ts'
import type { Switches } from './faults.ts'
import type { FaultDesk, FaultSwitch } from './office.ts'
import type { AppFaultName, FaultName as WecomFault } from './wecom/faults.ts'
import type { WecomImitation } from './wecom/index.ts'

/** `what` is a fault's name or the code of a refusal; `chance` is that of each occasion while it is on. */
type Mishap<What> = {
  readonly what: What
  readonly name: string
  readonly explain: string
  readonly chance: number
}

type Box<What extends string | number> = {
  readonly place: string
  readonly platform: FaultSwitch['platform']
  readonly mishaps: readonly Mishap<What>[]
  set(what: What, chance: number): void
  struck(what: What): number
}

const BOT: readonly Mishap<WecomFault | 45009>[] = [
  { what: 'drop-ack', name: '丢包', explain: '消息送到了，回执丢了', chance: 0.3 },
  { what: 45009, name: '限流', explain: '平台嫌发得太快，这次不收', chance: 0.3 },
  { what: 'duplicate-callback', name: '重复推送', explain: '同一条消息推两次', chance: 0.5 },
  { what: 'cut-socket', name: '断线', explain: '消息送到后连接断开', chance: 0.2 },
  { what: 'delay-ack', name: '延迟', explain: '回执迟到，超过等待时间', chance: 0.3 },
  { what: 'zombie', name: '假死', explain: '连接看着正常，什么也不通', chance: 0.05 },
  { what: 'not-json', name: '网关出错页', explain: '推送前先来一页网关错误', chance: 0.5 },
]

const APP: readonly Mishap<AppFaultName | 45009>[] = [
  { what: 'drop-response', name: '丢包', explain: '消息送到了，回答丢了', chance: 0.3 },
  { what: 45009, name: '限流', explain: '平台嫌调用太快，这次不收', chance: 0.3 },
  { what: 'repeat-callback', name: '重复推送', explain: '同一条消息推两次', chance: 0.5 },
  { what: 'reset', name: '断线', explain: '请求没办就被掐断', chance: 0.2 },
  { what: 'reorder-callback', name: '乱序', explain: '后说的先到', chance: 0.3 },
  { what: 'slow', name: '延迟', explain: '办了，回答来得很晚', chance: 0.2 },
  { what: 'token-dies', name: '令牌失效', explain: '令牌提前作废', chance: 0.3 },
  { what: 'silent-drop', name: '静默丢弃', explain: '平台说成功，其实没有发', chance: 0.2 },
  { what: 'lost-callback', name: '漏推', explain: '对方说的话没有推过来', chance: 0.2 },
  { what: 'html-page', name: '网关出错页', explain: '回答的是网关错误页面', chance: 0.3 },
  { what: 'untrusted-ip', name: '地址不可信', explain: '本机出口地址不在名单里', chance: 0.3 },
  { what: 'bad-signature', name: '伪造回调', explain: '先来一条签名不对的假消息', chance: 0.5 },
]

const TOO_FAST = 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi'
const DINGTALK: readonly Mishap<DingtalkFault | typeof TOO_FAST>[] = [
  { what: 'drop-response', name: '丢包', explain: '消息送到了，回答丢了', chance: 0.3 },
  { what: TOO_FAST, name: '限流', explain: '平台嫌调用太快，这次不收', chance: 0.3 },
  { what: 'duplicate-push', name: '重复推送', explain: '同一条消息推两次', chance: 0.5 },
  { what: 'lost-ack', name: '确认丢失', explain: '收到了，平台没看见确认，一分钟后再推', chance: 0.3 },
  { what: 'reset', name: '断线', explain: '请求没办就被掐断', chance: 0.2 },
  { what: 'late-push', name: '乱序', explain: '消息晚半分钟才推，后说的先到', chance: 0.3 },
  { what: 'slow', name: '延迟', explain: '办了，回答来得很晚', chance: 0.2 },
  { what: 'token-gone', name: '令牌失效', explain: '令牌提前作废', chance: 0.3 },
  { what: 'html-page', name: '网关出错页', explain: '回答的是网关错误页面', chance: 0.3 },
  { what: 'blocked', name: '地址被封', explain: '调用太多，本机地址被封五分钟', chance: 0.1 },
  { what: 'zombie', name: '假死', explain: '连接看着正常，什么也不推', chance: 0.1 },
  { what: 'gateway-down', name: '连不上', explain: '断开后一时连不上网关', chance: 0.5 },
]

/** All switches are off at first. `seed` is the one that both platforms were started with. */
export function createFaultDesk(
  { wecom, dingtalk }: { readonly wecom: WecomImitation; readonly dingtalk: DingtalkImitation },
  seed: number,
): FaultDesk {
  const all = [
    ...switchesOf(boxOf('企业微信机器人', 'wecom', BOT, wecom.faults)),
    ...(wecom.app ? switchesOf(boxOf('企业微信应用', 'wecom', APP, wecom.app.faults)) : []),
    ...switchesOf(boxOf('钉钉', 'dingtalk', DINGTALK, dingtalk.faults)),
  ]
  return {
    seed,
    switches: () => all.map(({ shown }) => shown()),
    turn(id, on) {
      const one = all.find(({ shown }) => shown().id === id)
      one?.turn(on)
      return one !== undefined
    },
  }
}

// A box takes faults by text and refusals by number, but for DingTalk, whose codes have a dot or a capital.
function boxOf<Name extends string, Code extends string | number, What extends Name | Code>(
  place: string,
  platform: FaultSwitch['platform'],
  mishaps: readonly Mishap<What>[],
  switches: Switches<Name, Code>,
): Box<What> {
  const isFault = (what: Name | Code): what is Name => typeof what === 'string' && /^[a-z-]+$/.test(what)
  return {
    place,
    platform,
    mishaps,
    struck: (what) => switches.struck(what),
    set(what, chance) {
      if (isFault(what)) switches.chance(what, chance)
      else switches.refuseAtRandom(what as Code, chance)
    },
  }
}

function switchesOf<What extends string | number>({ place, platform, mishaps, ...box }: Box<What>) {
  return mishaps.map(({ what, name, explain, chance }) => {
    let on = false
    return {
      shown: (): FaultSwitch => ({
        id: `${place}/${what}`,
        ...{ place, platform, name, explain, chance, on },
        struck: box.struck(what),
      }),
      turn(wanted: boolean): void {
        on = wanted
        box.set(what, on ? chance : 0)
      },
    }
  })
}
