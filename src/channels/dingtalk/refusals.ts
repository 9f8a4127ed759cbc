// What an answer of the platform means for a message: code → sent, retry later, refused with its cure, or unknown.
import type { SendOutcome } from '../../core/message/types.ts'
import { isObject, type JsonObject } from '../unanswered.ts'
import type { Exchange } from './http.ts'

/** What follows from a code. A code that is not listed is `unknown`: the message is held and somebody is told. */
export type Rule =
  | { readonly type: 'sent' }
  | { readonly type: 'retry-later'; readonly afterMs: number }
  | { readonly type: 'refused'; readonly cure: string }

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const retry = (afterMs: number): Rule => ({ type: 'retry-later', afterMs })
const refuse = (cure: string): Rule => ({ type: 'refused', cure })

const ROBOT_CURE = '核对 DINGTALK_ROBOT_CODE：它要属于同一个应用，机器人要已启用并已发布'
const GROUP_CURE = '在这个群里 @机器人 说一句话，再核对导入表里这个群的会话编号（cid…，区分大小写）'
const PERSON_CURE = '核对导入表里此人的钉钉 userId，并确认他在应用的可见范围内'
const CONTENT_CURE = '内容被钉钉的安全检查拦下：改写这条消息里的链接或文字后再发'
const TEMPLATE_CURE = '在卡片平台发布模板，并核对 DINGTALK_CARD_TEMPLATES 里的模板编号'
const PROGRAM_CURE = '这是程序与钉钉接口不符：请把这一行告诉开发人员'
const IP_CURE = '在开发者后台把本服务器的出口 IP 加进白名单'
const LOGIN_CURE = '登录码只能用一次，五分钟内有效：关掉页面，从钉钉里重新打开'
const TOO_LONG_CURE = '消息过长：把它拆成几条'

const account: Record<string, Rule> = {
  // A second refusal, with a fresh token: something is wrong at the platform's side for a while.
  InvalidAuthentication: retry(MINUTE),
  invalidClientIdOrSecret: refuse('核对 DINGTALK_CLIENT_ID 与 DINGTALK_CLIENT_SECRET'),
  'Forbidden.AccessDenied.AccessTokenPermissionDenied': refuse('在开发者后台为应用开通所列权限，再发布一次'),
  'Forbidden.AccessDenied.IpNotInWhiteList': refuse(IP_CURE),
  // The same three, as the older host says them.
  '40014': retry(MINUTE),
  '60011': refuse('在开发者后台为应用开通所列权限，再发布一次'),
  '60020': refuse(IP_CURE),
  'InvalidAction.NotFound': refuse('核对 DINGTALK_API_BASE'),
  unauthorized: refuse(ROBOT_CURE),
  'auth.error': refuse(ROBOT_CURE),
}

const limits: Record<string, Rule> = {
  'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi': retry(SECOND),
  'Forbidden.AccessDenied.QpsLimitForApi': retry(SECOND),
  'Forbidden.AccessDenied.QpmLimitForAppkeyAndApi': retry(MINUTE),
  // Used up for this month; asked again a few times a day, because the office may buy more.
  'Forbidden.AccessDenied.ApiCountLimitForOrg': retry(6 * HOUR),
  'send.too.fast': retry(MINUTE),
  'send.byToken.tooFast': retry(MINUTE),
  // Told by the batch answer, per person.
  flowControlled: retry(10 * MINUTE),
  // The block of an address after 10 000 calls in 20 s: five minutes (documented).
  '1111': retry(5 * MINUTE),
  // Only documented for cards, where a repeat is recognised by its outTrackId.
  'system.busy': retry(30 * SECOND),
}

const robot: Record<string, Rule> = {
  'invalidParameter.robotCode.empty': refuse(ROBOT_CURE),
  'invalidParameter.robotCode.auth': refuse(ROBOT_CURE),
  'invalidParameter.robotCode.notExsit': refuse(ROBOT_CURE),
  'invalidParameter.robotCode.missing': refuse(ROBOT_CURE),
  'invalidParameter.robotCode.invalid': refuse(ROBOT_CURE),
  'invalidParameter.robotCode.coolApp': refuse('机器人是随酷应用装进群的：改为直接把机器人加进群'),
  'invalidParameter.robotCode.downloadCode': refuse('图片或文件的链接已过期：请对方重新发送'),
  'processQueryKey.expireTime': refuse('消息已超过24小时，不能再撤回，也看不到是否已读'),
  'bot.stopped': refuse('机器人已停用：在开发者后台重新启用'),
  'template.stopped': refuse('机器人模板已停用：在开发者后台重新启用'),
  'resource.not.found': refuse('群里没有这个机器人：把机器人加进群'),
  'robot.oto.notExist': refuse(ROBOT_CURE),
  'chatbotId.notAllow.sendOTO': refuse('在开发者后台允许机器人发单聊消息'),
  'invalidParameter.msgKey.empty': refuse(PROGRAM_CURE),
  'invalidParameter.msgKey.invalid': refuse(PROGRAM_CURE),
  'invalidParameter.msgParam.invalid': refuse(PROGRAM_CURE),
  'invalidParameter.param.invalid': refuse(PROGRAM_CURE),
  'invalidParameter.msgParam.tooLong': refuse(TOO_LONG_CURE),
  'contain.unsafe.url': refuse(CONTENT_CURE),
  'contain.notAllowed.text': refuse(CONTENT_CURE),
  'contain.notAllowed.picture': refuse(CONTENT_CURE),
  'contain.notAllowed.content': refuse(CONTENT_CURE),
}

const recipients: Record<string, Rule> = {
  'miss.openConversationId': refuse(GROUP_CURE),
  'invalid.openConversationId': refuse(GROUP_CURE),
  'conversation.org.notMatch': refuse('这个群不属于本单位：机器人只能在内部群发言'),
  'group.disbanded': refuse('这个群已解散：在导入表里换一个群'),
  'send.forbidden': refuse('群里禁止机器人发言：请群主放开'),
  'only.groupAdmin.canAtAll': refuse('只有群管理员能 @所有人：请群主放开'),
  'invalidParameter.userIds.empty': refuse(PERSON_CURE),
  'invalidParameter.userIds.overMax': refuse(PROGRAM_CURE),
  'receivers.exceed': refuse(PROGRAM_CURE),
  'too.many.group': refuse(PROGRAM_CURE),
  'too.many.people': refuse(PROGRAM_CURE),
  'staffId.notExisted': refuse(PERSON_CURE),
  // Told by the batch answer, per person.
  invalidStaffId: refuse(PERSON_CURE),
  'session.notExisted': refuse(GROUP_CURE),
  'session.expired': refuse(GROUP_CURE),
}

const cards: Record<string, Rule> = {
  // The instance of an earlier try, whose answer was lost: exactly what outTrackId is for.
  'param.cardAlreadyExist': { type: 'sent' },
  'param.templateNotExist': refuse(TEMPLATE_CURE),
  'param.templateUnpublished': refuse(TEMPLATE_CURE),
  'param.cardTemplateIdEmpty': refuse(TEMPLATE_CURE),
  'param.contentUnsafe': refuse(CONTENT_CURE),
  'param.userIdNotExist': refuse(PERSON_CURE),
  'param.openSpaceIdEmpty': refuse(GROUP_CURE),
  'param.openSpaceIdInvalid': refuse(GROUP_CURE),
  'param.cardNotExist': refuse('这张卡片在钉钉已不存在：无需处理'),
  'param.empty': refuse(PROGRAM_CURE),
  'param.outTrackIdEmpty': refuse(PROGRAM_CURE),
  'param.openDeliverModelEmpty': refuse(PROGRAM_CURE),
  'param.openDeliverModelError': refuse(PROGRAM_CURE),
  'param.openSpaceModelInvalid': refuse(PROGRAM_CURE),
  'param.cardDataAndPrivateDataBothEmpty': refuse(PROGRAM_CURE),
  'param.invalid': refuse(PROGRAM_CURE),
  // Told by the delivery results, per space: the instance exists, the message does not, and a repeat would be taken for done.
  'card.notDelivered': refuse(`卡片没有送进会话。${GROUP_CURE}；单聊则${PERSON_CURE}`),
}

// To-dos have an idempotency key (sourceId) and ticking one twice is harmless, so these may be tried again.
const todos: Record<string, Rule> = {
  'todo.taskCreate.paramError': refuse('钉钉不接受这条待办：看说明里指出的是哪一项'),
  'todo.taskCreate.flowControlError': retry(MINUTE),
  'todo.taskCreate.lockError': retry(5 * SECOND),
  'todo.taskCreate.systemError': retry(30 * SECOND),
  'todo.taskUpdate.paramError': refuse('这条待办已不存在，或不是本应用创建的：无需处理'),
  'todo.taskUpdate.systemError': retry(30 * SECOND),
}

const ding: Record<string, Rule> = {
  'invalid.chatbotId': refuse(ROBOT_CURE),
  'miss.staffId': refuse(PERSON_CURE),
  'toomuch.msg': retry(MINUTE),
  'ding.receivercount.limit': refuse(PROGRAM_CURE),
  'ding.serverquota.insufficient': refuse('DING 余量已用完：在钉钉管理后台购买，或把 DINGTALK_DING 改为 off'),
}

const login: Record<string, Rule> = {
  '40078': refuse(LOGIN_CURE),
  // The browser's code (recalled).
  'invalidParameter.authCode.notFound': refuse(LOGIN_CURE),
  '33012': refuse(PERSON_CURE),
  '60121': refuse(PERSON_CURE),
}

/** `errcode` of the older host, as answered by the session webhook and by groups' own robots. */
const webhook: Record<string, Rule> = {
  '-1': retry(30 * SECOND),
  '90002': retry(SECOND),
  '90018': retry(SECOND),
  '90020': retry(6 * HOUR),
  '130101': retry(10 * MINUTE),
  '410100': retry(10 * MINUTE),
  '300001': refuse('临时会话已过期：请对方再说一句话；若是群机器人，则地址已失效：重新复制 webhook 再导入'),
  // Groups' own robots; the first two are ours: nothing was called.
  'webhook.noKey': refuse(
    '没有保存这个群的机器人地址：在导入表里填上群的 webhook，设置 DUBAN_SECRET，再导入一次',
  ),
  'webhook.keyUnreadable': refuse('改回导入时的 DUBAN_SECRET，或重新导入工作群'),
  '310000': refuse(
    '没有通过群机器人的安全设置：缺关键词就把“督办”加为关键词；签名不符就核对密钥；IP 不符就加上本机出口地址；时间不符就校准本机时钟（演练模式不能用）',
  ),
  '300005': refuse('群机器人的地址已失效：在群设置里重新复制 webhook，再导入一次'),
  '400101': refuse('群机器人的地址已失效：在群设置里重新复制 webhook，再导入一次'),
  '40035': refuse(PROGRAM_CURE),
  '43004': refuse(PROGRAM_CURE),
  '400013': refuse('这个群已解散：在导入表里换一个群'),
  '400102': refuse('机器人已停用：在开发者后台重新启用'),
  '400105': refuse(PROGRAM_CURE),
  '400106': refuse(ROBOT_CURE),
  '430101': refuse(CONTENT_CURE),
  '430102': refuse(CONTENT_CURE),
  '430103': refuse(CONTENT_CURE),
  '430104': refuse(CONTENT_CURE),
  '460101': refuse(TOO_LONG_CURE),
}

export const REFUSALS: Readonly<Record<string, Rule>> = {
  ...account,
  ...limits,
  ...robot,
  ...recipients,
  ...cards,
  ...todos,
  ...ding,
  ...login,
  ...webhook,
}

/** The outcome of a code, with the platform's own words (at most 200 characters of them) in the detail. */
export function outcomeOf(code: string, words: string): SendOutcome {
  const detail = `钉钉回答 ${code}${words ? `：${words.slice(0, 200)}` : ''}`
  const rule = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined
  if (!rule) return { type: 'unknown', detail: `${detail}（未登记的代码，请人工核对是否已送达）` }
  switch (rule.type) {
    case 'sent':
      return { type: 'sent' }
    case 'retry-later':
      return { type: 'retry-later', afterMs: rule.afterMs, detail }
    case 'refused':
      return { type: 'refused', code, detail, cure: rule.cure }
  }
}

/** The outcome of an exchange that did not bring the endpoint's own success. HTTP 200 without it is never success. */
export function outcomeOfFailure(result: Exchange): SendOutcome {
  switch (result.type) {
    case 'not-sent':
      return { type: 'retry-later', afterMs: 5 * SECOND, detail: result.detail }
    case 'lost':
      return { type: 'unknown', detail: `${result.detail}，请人工核对是否已送达` }
    case 'answered': {
      const code = codeOf(result.body)
      if (code !== undefined) return outcomeOf(code, wordsOf(result.body))
      return {
        type: 'unknown',
        detail: `钉钉回答 HTTP ${result.status}，但内容看不懂，请人工核对是否已送达`,
      }
    }
  }
}

/** The error code in either envelope (`code` or `errcode`); undefined when the answer names none. */
export function codeOf(body: JsonObject | undefined): string | undefined {
  if (typeof body?.code === 'string' && body.code !== '') return body.code
  // Gateway errors of the older host carry the real code beside their own.
  if (body?.errcode === 88 && typeof body.sub_code === 'string' && body.sub_code !== '') return body.sub_code
  // The block of an address that called too often has no code at all.
  if (body?.status === 1111 && body.punish === 'deny') return '1111'
  return typeof body?.errcode === 'number' && body.errcode !== 0 ? String(body.errcode) : undefined
}

function wordsOf(body: JsonObject | undefined): string {
  const words = [body?.message, body?.errmsg].find((value) => typeof value === 'string')
  const detail = body?.accessdenieddetail
  const scopes = isObject(detail) && Array.isArray(detail.requiredScopes) ? detail.requiredScopes : []
  return [words ?? '', ...(scopes.length > 0 ? [`缺少权限 ${scopes.join('、')}`] : [])]
    .filter(Boolean)
    .join('；')
}
