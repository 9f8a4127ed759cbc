// Template cards of all five types within the platform's hard limits: lists and bytes enforced, words cut at a character (documented: 发送应用消息, 模板卡片).
import { z } from 'zod'
import { cut } from '../render.ts'

const KEY_BYTES = 1024
const OPTION_BYTES = 128

const key = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= KEY_BYTES, `longer than ${KEY_BYTES} bytes`)
const optionId = z
  .string()
  .min(1)
  .refine((text) => Buffer.byteLength(text) <= OPTION_BYTES, `longer than ${OPTION_BYTES} bytes`)
const words = (most: number) => z.string().transform((text) => cut(text, most))
const needed = (most: number) =>
  z
    .string()
    .min(1)
    .transform((text) => cut(text, most))
const link = {
  type: z.literal([0, 1, 2]).optional(),
  url: z.string().min(1).optional(),
  appid: z.string().optional(),
  pagepath: z.string().optional(),
}
const distinct = <T>(list: readonly T[], of: (one: T) => unknown): boolean =>
  new Set(list.map(of)).size === list.length

const options = (most: number, chars: number) =>
  z
    .array(z.object({ id: optionId, text: needed(chars), is_checked: z.boolean().optional() }))
    .min(1)
    .max(most)
    .refine((list) => distinct(list, ({ id }) => id), 'ids repeat')

const opens = (one: {
  type?: number | undefined
  url?: string | undefined
  appid?: string | undefined
}): boolean => (one.type === 1 && one.url !== undefined) || (one.type === 2 && one.appid !== undefined)

const common = {
  task_id: z.string().regex(/^[0-9A-Za-z_\-@]{1,128}$/),
  source: z
    .object({
      icon_url: z.string().optional(),
      desc: words(20).optional(),
      desc_color: z.literal([0, 1, 2, 3]).optional(),
    })
    .optional(),
}
const menu = z.object({
  desc: z.string().optional(),
  action_list: z
    .array(z.object({ text: z.string().min(1), key }))
    .min(1)
    .max(3)
    .refine((list) => distinct(list, (one) => one.key), 'keys repeat'),
})
const row = z.object({
  type: z.literal([0, 1, 2, 3]).optional(),
  keyname: needed(5),
  value: words(30).optional(),
  url: z.string().optional(),
  media_id: z.string().optional(),
  userid: z.string().optional(),
})
const rowField = { 1: 'url', 2: 'media_id', 3: 'userid' } as const
const rows = z
  .array(row.refine((one) => !one.type || Boolean(one[rowField[one.type]]), 'leads nowhere'))
  .max(6)
  .optional()
const described = {
  ...common,
  action_menu: menu.optional(),
  quote_area: z
    .object({ ...link, title: z.string().optional(), quote_text: z.string().optional() })
    .optional(),
  horizontal_content_list: rows,
}
const notice = {
  ...described,
  task_id: common.task_id.optional(),
  jump_list: z
    .array(z.object({ ...link, title: needed(18) }).refine((one) => !one.type || opens(one), 'leads nowhere'))
    .max(3)
    .optional(),
  card_action: z.object(link).refine(opens, 'leads nowhere'),
}
const submit = z.object({ text: needed(10), key })
const title = (chars: number, desc: number) =>
  z.object({ title: needed(chars), desc: words(desc).optional() })
const select = (chars: number) =>
  z.object({
    question_key: key,
    title: words(13).optional(),
    selected_id: z.string().optional(),
    option_list: options(10, chars),
  })
const button = z.object({
  type: z.literal([0, 1]).optional(),
  text: needed(10),
  style: z.literal([1, 2, 3, 4]).optional(),
  key: key.optional(),
  url: z.string().min(1).optional(),
})

const Card = z.discriminatedUnion('card_type', [
  z.object({
    card_type: z.literal('text_notice'),
    ...notice,
    main_title: z.object({ title: words(36).optional(), desc: words(44).optional() }).optional(),
    emphasis_content: z.object({ title: words(14).optional(), desc: words(22).optional() }).optional(),
    sub_title_text: z.string().optional(),
  }),
  z.object({
    card_type: z.literal('news_notice'),
    ...notice,
    main_title: title(36, 44),
    card_image: z
      .object({ url: z.string().min(1), aspect_ratio: z.number().min(1.3).lt(2.25).optional() })
      .optional(),
    image_text_area: z
      .object({
        ...link,
        title: z.string().optional(),
        desc: z.string().optional(),
        image_url: z.string().min(1),
      })
      .optional(),
    vertical_content_list: z
      .array(z.object({ title: needed(38), desc: words(160).optional() }))
      .max(4)
      .optional(),
  }),
  z.object({
    card_type: z.literal('button_interaction'),
    ...described,
    main_title: title(36, 44),
    sub_title_text: z.string().optional(),
    card_action: z.object(link).optional(),
    button_selection: select(16).optional(),
    button_list: z
      .array(button.refine((one) => (one.type === 1 ? one.url : one.key), 'leads nowhere'))
      .min(1)
      .max(6),
  }),
  z.object({
    card_type: z.literal('vote_interaction'),
    ...common,
    main_title: title(16, 160),
    checkbox: z.object({
      question_key: key,
      mode: z.literal([0, 1]).optional(),
      option_list: options(20, 17),
    }),
    submit_button: submit,
  }),
  z.object({
    card_type: z.literal('multiple_interaction'),
    ...common,
    main_title: title(36, 160),
    select_list: z.array(select(16)).min(1).max(3),
    submit_button: submit,
  }),
])

const Whole = Card.superRefine((card, context) => {
  const add = (message: string): void => context.addIssue({ code: 'custom', message })
  if ('action_menu' in card && card.action_menu && !card.task_id) add('a menu needs a task_id')
  if (card.card_type === 'text_notice' && !card.main_title?.title && !card.sub_title_text) add('no words')
  if (card.card_type === 'news_notice' && !card.card_image && !card.image_text_area) add('no picture')
  if (
    card.card_type === 'button_interaction' &&
    !distinct(
      card.button_list.filter((one) => one.key),
      (one) => one.key,
    )
  )
    add('keys repeat')
  if (card.card_type === 'multiple_interaction' && !distinct(card.select_list, (one) => one.question_key))
    add('questions repeat')
})

export type AppCard = z.input<typeof Card>

/** The card with its words cut to what phones show; `broken` names the field that the platform would refuse, never its content. */
export function fitCard(
  card: AppCard,
): { readonly type: 'fits'; readonly card: object } | { readonly type: 'broken'; readonly where: string } {
  const parsed = Whole.safeParse(card)
  if (parsed.success) return { type: 'fits', card: parsed.data }
  return {
    type: 'broken',
    where: parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '),
  }
}
