// The file formats for people: what a row of each section may hold, and what it becomes. Documented in prisma/seed/README.md.
import { z } from 'zod'
import { type ChannelName, type Person, WEBHOOK_CHAT } from '../../core/people/directory.ts'
import { civilDate, defined, help, key, keys, marks, text, unitChoices } from './fields.ts'
import { channelNames, roleNames, stageNames, valuesOf } from './words.ts'

export const unitRow = z
  .strictObject({ key, name: text, short: text.exactOptional(), parent: key.exactOptional(), ...marks })
  .transform((row) =>
    defined({ key: row.key, name: row.name, short: row.short ?? row.name, parent: row.parent }),
  )

const account = z.string().trim().min(1).max(128)

const personShape = {
  key,
  name: text,
  wecom: account.describe(help.wecom).exactOptional(),
  dingtalk: account.describe(help.dingtalk).exactOptional(),
  prefers: z.enum(valuesOf(channelNames)).describe(help.prefers).exactOptional(),
  ...marks,
}

type PersonRow = {
  key: string
  name: string
  wecom?: string
  dingtalk?: string
  prefers?: ChannelName
}

function toPerson(row: PersonRow): Person {
  const order =
    row.prefers === 'dingtalk' ? (['dingtalk', 'wecom'] as const) : (['wecom', 'dingtalk'] as const)
  const accounts = order.flatMap((channel) => {
    const id = row[channel]
    return id === undefined ? [] : [{ channel, id }]
  })
  return { key: row.key, name: row.name, accounts }
}

export const personRow = z.strictObject(personShape).transform(toPerson)

/** A post; with a holder written into it also a person and a holding. */
export const postRow = z
  .strictObject({
    key,
    title: text,
    unit: key,
    role: z.enum(valuesOf(roleNames)).describe(help.role),
    holder: z
      .union([key, z.strictObject(personShape)])
      .describe(help.holder)
      .exactOptional(),
    since: civilDate.describe(help.since).exactOptional(),
    ...marks,
  })
  .refine((row) => row.holder === undefined || row.since !== undefined, {
    path: ['since'],
    message: '写了在任人员（holder），但没有写从哪天起在任（since）',
  })
  .transform(({ key, title, unit, role, holder, since }) => {
    const person = typeof holder === 'object' ? toPerson(holder) : undefined
    const held = typeof holder === 'string' ? holder : person?.key
    const holding = held && since ? { post: key, person: held, from: since } : undefined
    return defined({ post: { key, title, unit, role }, person, holding })
  })

const inOrder = (row: { from?: string; until?: string }): boolean =>
  row.from === undefined || row.until === undefined || row.from <= row.until

const endsBeforeItStarts = { path: ['until'], message: '最后一天（until）早于第一天（from）' }

export const holdingRow = z
  .strictObject({ post: key, person: key, from: civilDate, until: civilDate.exactOptional(), ...marks })
  .refine(inOrder, endsBeforeItStarts)
  .transform(({ post, person, from, until }) => defined({ post, person, from, until }))

export const delegationRow = z
  .strictObject({ post: key, to: key.describe(help.to), from: civilDate, until: civilDate, ...marks })
  .refine(inOrder, endsBeforeItStarts)
  .transform(({ post, to, from, until }) => ({ post, to, from, until }))

export const groupRow = z
  .strictObject({
    key,
    name: text,
    channel: z.enum(valuesOf(channelNames)).describe(help.channel),
    chat: z.string().trim().min(1).describe(help.chat).exactOptional(),
    webhook: z.string().trim().describe(help.webhook).exactOptional(),
    sign: z.string().trim().startsWith('SEC', help.sign).describe(help.sign).exactOptional(),
    units: unitChoices.exactOptional(),
    plans: keys.describe(help.plans).exactOptional(),
    ...marks,
  })
  .refine((row) => (row.units ?? row.plans ?? []).length > 0, {
    message: '工作群没有绑定任何方案（plans）或单位（units），不会有消息发到这里',
  })
  .refine((row) => (row.chat === undefined) !== (row.webhook === undefined), {
    path: ['chat'],
    message: '群编号（chat）和群机器人地址（webhook）要写一个，也只能写一个',
  })
  .refine((row) => row.webhook === undefined || webhookKey(row.channel, row.webhook) !== undefined, {
    path: ['webhook'],
    message: `群机器人地址不完整：${help.webhook}`,
  })
  .transform(({ key, name, channel, chat, webhook, sign, units, plans }) => {
    const secret = webhook === undefined ? undefined : webhookKey(channel, webhook)
    const chatId = chat ?? `${WEBHOOK_CHAT}${key}`
    return defined({
      group: { key, name, channel, chatId, plans: plans ?? [] },
      choices: units ?? [],
      webhook: secret === undefined ? undefined : defined({ key: secret, sign }),
    })
  })

/** The secret part of a group robot's address (WeCom `key`, DingTalk `access_token`); undefined when it has none. */
function webhookKey(channel: ChannelName, address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const name = channel === 'wecom' ? 'key' : 'access_token'
  return new URL(address).searchParams.get(name) || undefined
}

// YAML numbers keep at most 15 digits; what is longer has to stand in quotes.
const amount = z
  .union([z.number(), z.string()])
  .transform(String)
  .refine(
    (value) => /^\d{1,12}(\.\d{1,2})?$/.test(value),
    '投资额要写成不带单位的数字，最多两位小数，单位是万元',
  )
  .transform((value) => value.replace(/\.0*$|(\.\d)0$/, '$1'))

export const projectRow = z
  .strictObject({
    key,
    name: text,
    unit: key,
    stage: z.enum(valuesOf(stageNames)).describe(help.stage),
    liaison: key.describe(help.liaison).exactOptional(),
    plans: keys.describe(help.plans),
    from: civilDate.exactOptional(),
    until: civilDate.exactOptional(),
    investment: amount.describe(help.investment).exactOptional(),
    ...marks,
  })
  .refine(inOrder, endsBeforeItStarts)
  .transform(({ from, until, investment, key, name, unit, stage, liaison, plans }) =>
    defined({
      key,
      name,
      unit,
      stage,
      liaison,
      plans,
      listedFrom: from,
      listedUntil: until,
      totalInvestment: investment,
    }),
  )
