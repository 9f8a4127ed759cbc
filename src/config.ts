// The only reader of the environment: every problem at once, in Chinese, each with its cure.
import { z } from 'zod'
import { type Instant, parseInstant } from './core/calendar/civil.ts'

export type WecomSettings = { readonly botId: string; readonly secret: string; readonly wsUrl: string }

/** The self-built app beside the bot, or without one. */
export type WecomAppSettings = {
  readonly oauthBase: string
  readonly corpId: string
  readonly agentId: string
  readonly secret: string
  readonly token: string
  readonly encodingAesKey: string
}

export type DingtalkSettings = {
  readonly apiBase: string
  readonly oapiBase: string
  readonly loginBase: string
  /** `ding…`: pages opened inside DingTalk ask for a login code with it. Absent: no pages there. */
  readonly corpId?: string
  /** How an overdue notice to a liaison rings besides; absent: not at all. */
  readonly ding?: 'app' | 'sms' | 'phone'
  /** What the organisation's month holds: calls of the API, and messages by webhook or stream. */
  readonly quota: { readonly calls: number; readonly messages: number }
  readonly clientId: string
  readonly clientSecret: string
  readonly robotCode: string
  readonly cardTemplates: Readonly<Record<string, string>>
}

export type Config = {
  /** Absent: the embedded database under `dataDirectory`. */
  readonly databaseUrl?: string
  readonly dataDirectory: string
  readonly port: number
  readonly publicUrl?: string
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent'
  readonly botName: string
  /** Encrypts the webhook keys of groups; absent: there may be none. */
  readonly secret?: string
  readonly wecom?: WecomSettings
  readonly wecomApp?: WecomAppSettings
  /** Of the app and of group robots. */
  readonly wecomApiBase: string
  readonly dingtalk?: DingtalkSettings
  /** Rehearsal: the clock starts here and runs on. */
  readonly startAt?: Instant
}

/** Names what is wrong with the configuration, all of it; for the person who starts the server. */
export class ConfigError extends Error {
  readonly problems: readonly string[]
  constructor(problems: readonly string[]) {
    super(
      `配置有${problems.length}处问题：\n${problems.map((problem) => `  · ${problem}`).join('\n')}\n改好 .env 或环境变量后再启动。`,
    )
    this.name = 'ConfigError'
    this.problems = problems
  }
}

const url = (schemes: string, example: string) =>
  z.string().regex(new RegExp(`^(${schemes})://[^\\s]+$`), `应写成 ${example} 这样的地址`)

const amount = (standard: number) =>
  z.coerce
    .number(`应是整数，如 ${standard}`)
    .int(`应是整数，如 ${standard}`)
    .min(1, '至少是1')
    .default(standard)

const variables = z.object({
  DATABASE_URL: url('postgres|postgresql', 'postgresql://用户:密码@主机:5432/库名').optional(),
  DUBAN_DATA: z.string().default('./data'),
  PORT: z.coerce
    .number('应是端口号，如 3000')
    .int('应是整数端口号')
    .min(0, '不能小于 0')
    .max(65535, '不能大于 65535')
    .default(3000),
  PUBLIC_URL: url('https?', 'https://duban.example.gov.cn').optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], '应是 debug、info、warn、error 或 silent')
    .default('info'),
  BOT_NAME: z.string().default('督办助手'),
  DUBAN_SECRET: z.string().min(32, '至少要32个字符，可用 openssl rand -hex 32 生成').optional(),
  WECOM_BOT_ID: z.string().optional(),
  WECOM_BOT_SECRET: z.string().optional(),
  WECOM_WS_URL: url('wss?', 'wss://openws.work.weixin.qq.com').default('wss://openws.work.weixin.qq.com'),
  WECOM_API_BASE: url('https?', 'https://qyapi.weixin.qq.com').default('https://qyapi.weixin.qq.com'),
  WECOM_OAUTH_BASE: url('https?', 'https://open.weixin.qq.com').default('https://open.weixin.qq.com'),
  WECOM_CORP_ID: z.string().optional(),
  WECOM_AGENT_ID: z
    .string()
    .regex(/^\d{1,12}$/, '应是一串数字，在应用详情页的 AgentId 一栏')
    .optional(),
  WECOM_SECRET: z.string().optional(),
  WECOM_TOKEN: z
    .string()
    .regex(/^[0-9A-Za-z]{1,32}$/, '应是不超过32个的字母和数字，与“设置API接收”里的 Token 一致')
    .optional(),
  WECOM_ENCODING_AES_KEY: z
    .string()
    .regex(/^[0-9A-Za-z]{43}$/, '应正好是43个字母和数字，与“设置API接收”里的 EncodingAESKey 一致')
    .optional(),
  DINGTALK_API_BASE: url('https?', 'https://api.dingtalk.com').default('https://api.dingtalk.com'),
  DINGTALK_OAPI_BASE: url('https?', 'https://oapi.dingtalk.com').default('https://oapi.dingtalk.com'),
  DINGTALK_LOGIN_BASE: url('https?', 'https://login.dingtalk.com').default('https://login.dingtalk.com'),
  DINGTALK_CORP_ID: z
    .string()
    .regex(/^ding[0-9a-zA-Z]+$/, '应是 ding 开头的编号，在开发者后台首页查看')
    .optional(),
  DINGTALK_DING: z
    .enum(['off', 'app', 'sms', 'phone'], '应是 off、app（应用内）、sms（短信）或 phone（电话）')
    .default('off'),
  DINGTALK_MONTHLY_CALLS: amount(5_000),
  DINGTALK_MONTHLY_MESSAGES: amount(3_000),
  DINGTALK_CLIENT_ID: z.string().optional(),
  DINGTALK_CLIENT_SECRET: z.string().optional(),
  DINGTALK_ROBOT_CODE: z.string().optional(),
  DINGTALK_CARD_TEMPLATES: z.string().default('{}'),
  DUBAN_NOW: z.string().optional(),
})

type Variables = z.infer<typeof variables>

/** Every variable that is read, for .env.example and its test. */
export const VARIABLES: readonly string[] = Object.keys(variables.shape)

/** Reads the given environment; an empty value counts as absent. Throws ConfigError. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([key, value]) => value !== '' && VARIABLES.includes(key)),
  )
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    throw new ConfigError(parsed.error.issues.map((issue) => `${issue.path.join('.')}：${issue.message}`))
  }
  const problems: string[] = []
  const config = assemble(parsed.data, problems)
  if (problems.length > 0) throw new ConfigError(problems)
  return config
}

function assemble(given: Variables, problems: string[]): Config {
  const wecom = wecomOf(given, problems)
  const wecomApp = wecomAppOf(given, problems)
  const dingtalk = dingtalkOf(given, problems)
  const startAt = startOf(given, problems)
  return {
    ...(given.DATABASE_URL === undefined ? {} : { databaseUrl: given.DATABASE_URL }),
    dataDirectory: given.DUBAN_DATA,
    port: given.PORT,
    ...(given.PUBLIC_URL === undefined ? {} : { publicUrl: given.PUBLIC_URL.replace(/\/+$/, '') }),
    logLevel: given.LOG_LEVEL,
    botName: given.BOT_NAME,
    ...(given.DUBAN_SECRET === undefined ? {} : { secret: given.DUBAN_SECRET }),
    ...(wecom ? { wecom } : {}),
    ...(wecomApp ? { wecomApp } : {}),
    wecomApiBase: given.WECOM_API_BASE.replace(/\/+$/, ''),
    ...(dingtalk ? { dingtalk } : {}),
    ...(startAt === undefined ? {} : { startAt }),
  }
}

function wecomOf(given: Variables, problems: string[]): WecomSettings | undefined {
  const { WECOM_BOT_ID: botId, WECOM_BOT_SECRET: secret } = given
  if (botId === undefined && secret === undefined) return undefined
  if (botId === undefined)
    problems.push(
      'WECOM_BOT_ID：填了 WECOM_BOT_SECRET 就要填它，在企业微信管理后台“智能机器人 › API 模式 › 长连接”查看',
    )
  if (secret === undefined)
    problems.push('WECOM_BOT_SECRET：填了 WECOM_BOT_ID 就要填它，用开通长连接之后生成的 Secret')
  return { botId: botId ?? '', secret: secret ?? '', wsUrl: given.WECOM_WS_URL }
}

const APP_VARIABLES = {
  WECOM_CORP_ID: '在企业微信管理后台“我的企业 › 企业信息”最下方的“企业ID”',
  WECOM_AGENT_ID: '在“应用管理 › 自建 › 本应用”的 AgentId',
  WECOM_SECRET: '在“应用管理 › 自建 › 本应用”的 Secret',
  WECOM_TOKEN: '在本应用“接收消息 › 设置API接收”里随机生成的 Token',
  WECOM_ENCODING_AES_KEY: '在本应用“接收消息 › 设置API接收”里随机生成的 EncodingAESKey',
} as const

/** All five, or none: half an app can neither speak nor hear. */
function wecomAppOf(given: Variables, problems: string[]): WecomAppSettings | undefined {
  const names = Object.keys(APP_VARIABLES) as (keyof typeof APP_VARIABLES)[]
  const missing = names.filter((name) => given[name] === undefined)
  if (missing.length === names.length) return undefined
  for (const name of missing) problems.push(`${name}：自建应用的五项要一起填，它${APP_VARIABLES[name]}`)
  return {
    oauthBase: given.WECOM_OAUTH_BASE.replace(/\/+$/, ''),
    corpId: given.WECOM_CORP_ID ?? '',
    agentId: given.WECOM_AGENT_ID ?? '',
    secret: given.WECOM_SECRET ?? '',
    token: given.WECOM_TOKEN ?? '',
    encodingAesKey: given.WECOM_ENCODING_AES_KEY ?? '',
  }
}

function dingtalkOf(given: Variables, problems: string[]): DingtalkSettings | undefined {
  const {
    DINGTALK_CLIENT_ID: clientId,
    DINGTALK_CLIENT_SECRET: clientSecret,
    DINGTALK_ROBOT_CODE: robotCode,
  } = given
  if (clientId === undefined && clientSecret === undefined) return undefined
  if (clientId === undefined) problems.push('DINGTALK_CLIENT_ID：在钉钉开放平台应用的“凭证与基础信息”查看')
  if (clientSecret === undefined)
    problems.push('DINGTALK_CLIENT_SECRET：在钉钉开放平台应用的“凭证与基础信息”查看')
  return {
    apiBase: given.DINGTALK_API_BASE,
    oapiBase: given.DINGTALK_OAPI_BASE,
    loginBase: given.DINGTALK_LOGIN_BASE.replace(/\/+$/, ''),
    ...(given.DINGTALK_CORP_ID === undefined ? {} : { corpId: given.DINGTALK_CORP_ID }),
    ...(given.DINGTALK_DING === 'off' ? {} : { ding: given.DINGTALK_DING }),
    quota: { calls: given.DINGTALK_MONTHLY_CALLS, messages: given.DINGTALK_MONTHLY_MESSAGES },
    clientId: clientId ?? '',
    clientSecret: clientSecret ?? '',
    // An internal application's robot carries the application's own id.
    robotCode: robotCode ?? clientId ?? '',
    cardTemplates: templatesOf(given.DINGTALK_CARD_TEMPLATES, problems),
  }
}

function templatesOf(json: string, problems: string[]): Record<string, string> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(json))
  } catch {
    problems.push('DINGTALK_CARD_TEMPLATES：应是一行 JSON，如 {"card":"模板编号.schema"}')
    return {}
  }
}

function startOf({ DUBAN_NOW: text }: Variables, problems: string[]): Instant | undefined {
  if (text === undefined) return undefined
  const at = parseInstant(text)
  if (at === undefined)
    problems.push('DUBAN_NOW：应写成带时区的时间，如 2021-04-12T08:30:00+08:00；正式使用时请删去')
  return at
}
