// The requests that the demo page may make, checked field by field.
import { z } from 'zod'
import { isCivilDate } from '../../core/calendar/civil.ts'
import { PageError } from './errors.ts'

/** All pictures of one message together, in bytes. */
export const PICTURE_BYTES = 15 * 1024 * 1024
/** The largest body: the pictures in base64, the longest text and some air. */
export const BODY_BYTES = Math.ceil(PICTURE_BYTES / 3) * 4 + 1024 * 1024

const who = {
  platform: z.enum(['wecom', 'dingtalk'], '平台不对'),
  account: z.string('缺少发言人').min(1, '缺少发言人'),
}

// Long enough to try what the product does with a text far too long for a phone.
const TEXT_CHARS = 200_000
const PICTURES = 9

export const SayRequest = z.strictObject({
  ...who,
  chat: z.string('缺少会话').min(1, '缺少会话'),
  text: z.string('缺少文字').max(TEXT_CHARS, '文字太长'),
  mention: z.boolean('mention 要是 true 或 false').optional(),
  quote: z.string('引用的消息不对').optional(),
  images: z
    .array(z.string('图片要用 base64'), '图片要用 base64')
    .max(PICTURES, '一次最多 9 张图片')
    .optional(),
})

export const ClickRequest = z.strictObject({
  ...who,
  bubble: z.string('缺少消息编号').min(1, '缺少消息编号'),
  button: z.string('缺少按钮').min(1, '缺少按钮'),
})

export const FillRequest = z.strictObject({
  ...who,
  bubble: z.string('缺少消息编号').min(1, '缺少消息编号'),
  values: z.record(z.string(), z.string('填的内容要是文字').max(TEXT_CHARS, '文字太长'), '缺少填的内容'),
})

export const FaultRequest = z.strictObject({
  id: z.string('缺少开关').min(1, '缺少开关'),
  on: z.boolean('on 要是 true 或 false'),
})

export const EnterRequest = z.strictObject(who)

export const ClockRequest = z.discriminatedUnion(
  'type',
  [
    z.strictObject({ type: z.literal('hour') }),
    z.strictObject({ type: z.literal('next-morning') }),
    z.strictObject({ type: z.literal('next-due') }),
    z.strictObject({
      type: z.literal('to-date'),
      date: z.string('缺少日期').refine(isCivilDate, '没有这一天'),
    }),
  ],
  '不认识的时间按钮',
)

/** The body as `schema` has it; throws a 400 that names what is wrong. */
export function parseRequest<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || '内容'}：${issue.message}`)
  throw new PageError(400, 'bad-request', `请求不完整或有误：${problems.join('；')}。`)
}
