// A message as DingTalk wants it: an interactive card where a template is configured, else plain text or markdown.
import type { Card, Outgoing } from '../../core/message/types.ts'

/** The body of createAndDeliver. */
export type CardBody = { readonly outTrackId: string; readonly [key: string]: unknown }

/** `msgParam` is JSON text, as the robot API takes it. */
export type RobotBody = {
  readonly msgKey: 'sampleText' | 'sampleMarkdown' | 'sampleActionCard'
  readonly msgParam: string
}

export type Markdown = { readonly title: string; readonly text: string }

/** Documented per value of cardParamMap. Larger ones were seen to pass in AI cards, but a refused prompt is worse than a short one. */
export const MAX_VALUE_BYTES = 1_024

/** Documented for msgParam; webhook bodies may be larger, so one limit serves both. */
export const MAX_PARAM_BYTES = 15_000

/** Documented for outTrackId, in characters. */
export const MAX_OUT_TRACK_ID = 100

/** What the conversation list shows when a card has no title of its own. */
const NO_TITLE = '督办提醒'
const CUT = '…'

/**
 * The template for this card: the one named `form` where there is something to fill in, else its own or the common one named `card`;
 * undefined when none is configured.
 */
export function templateOf(templates: Readonly<Record<string, string>>, card: Card): string | undefined {
  const own = Object.hasOwn(templates, card.name) ? templates[card.name] : undefined
  return (card.form && templates.form) ?? own ?? templates.card
}

/**
 * The body of createAndDeliver: callbacks over the stream, one space, and mentions where it is a group. `form`: the variables of what
 * can be filled in.
 */
export function renderCard(
  message: Outgoing,
  card: Card,
  form: Readonly<Record<string, string>>,
  { template, robotCode }: { readonly template: string; readonly robotCode: string },
): CardBody {
  const title = titleOf(card)
  const space = {
    supportForward: false,
    lastMessageI18n: { ZH_CN: title },
    notification: { alertContent: title, notificationOff: false },
  }
  const group = message.to.kind === 'group'
  return {
    cardTemplateId: template,
    outTrackId: message.id,
    // Without it the platform never tells about a pressed button.
    callbackType: 'STREAM',
    userIdType: 1,
    cardData: { cardParamMap: { ...renderParams(card), ...form } },
    openSpaceId: `dtv1.card//${group ? 'IM_GROUP' : 'IM_ROBOT'}.${message.to.id}`,
    ...(group
      ? { imGroupOpenSpaceModel: space, imGroupOpenDeliverModel: { robotCode, ...mentionsOf(card) } }
      : {
          imRobotOpenSpaceModel: space,
          imRobotOpenDeliverModel: { spaceType: 'IM_ROBOT', robotCode },
        }),
  }
}

/** The variables of our template: strings only, and always all of them, so that an update by key leaves nothing old behind. */
export function renderParams(card: Card): Record<string, string> {
  return {
    title: cutToBytes(card.title, MAX_VALUE_BYTES),
    subtitle: cutToBytes(card.subtitle ?? '', MAX_VALUE_BYTES),
    ...textParts(card.text ?? ''),
    fields: listOf(card.fields.map(({ label, value }) => ({ label, value }))),
    buttons: JSON.stringify(card.buttons.map(({ key, text, style }) => ({ key, text, style }))),
    // An address cut short leads nowhere.
    link: card.link && bytes(card.link.url) <= MAX_VALUE_BYTES ? card.link.url : '',
    linkText: cutToBytes(card.link?.text ?? '', MAX_VALUE_BYTES),
    lastMessage: titleOf(card),
  }
}

// One value is small and nothing that was meant for people may go missing, so a long text continues in the next variable, at a line where it can.
function textParts(text: string): Record<'text' | 'text2' | 'text3', string> {
  const [first, afterFirst] = splitAt(text, MAX_VALUE_BYTES)
  const [second, afterSecond] = splitAt(afterFirst, MAX_VALUE_BYTES)
  return { text: first, text2: second, text3: cutToBytes(afterSecond, MAX_VALUE_BYTES) }
}

function splitAt(text: string, limit: number): [string, string] {
  if (bytes(text) <= limit) return [text, '']
  const room = prefixLength(text, limit)
  const line = text.lastIndexOf('\n', room)
  return line > 0 ? [text.slice(0, line), text.slice(line + 1)] : [text.slice(0, room), text.slice(room)]
}

/** Plain text by the robot API. */
export function renderText(text: string): RobotBody {
  return { msgKey: 'sampleText', msgParam: fitting(text, (content) => ({ content })) }
}

/**
 * A card without a template, by the robot API: no button of that API can call back, so the card says what to answer. A card with a page
 * becomes an action card, whose one button opens it.
 */
export function renderMarkdown(card: Card): RobotBody {
  const { link, ...rest } = card
  if (link && bytes(link.url) <= MAX_VALUE_BYTES) {
    const { title, text } = markdownOf(rest)
    const button = { singleTitle: link.text, singleURL: link.url }
    return {
      msgKey: 'sampleActionCard',
      msgParam: fitting(text, (part) => ({ title, text: part, ...button })),
    }
  }
  const { title, text } = markdownOf(card)
  return { msgKey: 'sampleMarkdown', msgParam: fitting(text, (part) => ({ title, text: part })) }
}

/** The body for the session webhook: a mention only appears where the text itself holds `@<userId>`. */
export function renderMention(card: Card): object {
  const people = card.mentions ?? []
  const { title, text } = markdownOf(card)
  const at = { atUserIds: people, isAtAll: false }
  const marks = people.map((id) => `@${id}`).join(' ')
  const room = MAX_PARAM_BYTES - bytes(JSON.stringify(at)) - bytes(marks)
  return {
    msgtype: 'markdown',
    markdown: { title, text: `${marks}\n\n${cutToBytes(text, room - bytes(title) - 200)}` },
    at,
  }
}

/** The body for the session webhook to somebody whom the robot API can't reach. */
export function renderWebhookText(text: string): object {
  return { msgtype: 'text', text: { content: cutToBytes(text, MAX_PARAM_BYTES) } }
}

/** The card as DingTalk's markdown; a blank line is the only line break that every client honours. */
export function markdownOf(card: Card): Markdown {
  const title = titleOf(card)
  const hints = card.buttons.map(({ text }) => `“${text}”`).join('或')
  const parts = [
    `### ${title}`,
    card.subtitle,
    ...card.fields.map(({ label, value }) => `**${label}**：${value}`),
    card.text,
    hints && `> 回复${hints}`,
    card.link && `[${card.link.text}](${card.link.url})`,
  ]
  return { title, text: parts.filter(Boolean).join('\n').replaceAll(/\n+/g, '\n\n') }
}

/** The longest beginning of `text` that fits, cut between characters and marked with `…`. */
export function cutToBytes(text: string, limit: number): string {
  return bytes(text) <= limit ? text : `${text.slice(0, prefixLength(text, limit - bytes(CUT)))}${CUT}`
}

// How many code units of `text` fit, never ending inside a character.
function prefixLength(text: string, limit: number): number {
  let room = limit
  let end = 0
  for (const character of text) {
    room -= bytes(character)
    if (room < 0) break
    end += character.length
  }
  return end
}

const bytes = (text: string): number => Buffer.byteLength(text)

function titleOf(card: Card): string {
  return cutToBytes(card.title.trim().replaceAll(/\s+/g, ' '), 200) || NO_TITLE
}

// The platform wants a name beside each id; the channel knows only ids, and DingTalk shows its own name for a member.
function mentionsOf(card: Card): object {
  const people = card.mentions ?? []
  return people.length > 0 ? { atUserIds: Object.fromEntries(people.map((id) => [id, id])) } : {}
}

// JSON text within the limit of one value: the longest values give way first, the labels stay.
function listOf(rows: readonly { label: string; value: string }[]): string {
  for (let limit = MAX_VALUE_BYTES; limit > CUT.length; limit = Math.floor(limit * 0.8)) {
    const json = JSON.stringify(
      rows.map(({ label, value }) => ({
        label: cutToBytes(label, Math.min(limit, 60)),
        value: cutToBytes(value, limit),
      })),
    )
    if (bytes(json) <= MAX_VALUE_BYTES) return json
  }
  return '[]'
}

// JSON escapes make the text longer than it looks, so the cut is tried until it fits.
function fitting(text: string, wrap: (part: string) => object): string {
  for (let limit = MAX_PARAM_BYTES; ; limit = Math.floor(limit * 0.8)) {
    const json = JSON.stringify(wrap(cutToBytes(text, limit)))
    if (bytes(json) <= MAX_PARAM_BYTES) return json
  }
}
