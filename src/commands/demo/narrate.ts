// The story as lines in a terminal: when, on which platform, who hears or says what.
import { formatInstant } from '../../core/calendar/civil.ts'
import type { Bubble, World } from '../../sandbox/world.ts'

const PLATFORMS = { wecom: '企业微信', dingtalk: '钉钉' } as const

/** Writes a line for each new message; returns how to stop. */
export function narrate(world: World, write: (line: string) => void): () => void {
  const told = new Set<string>()
  const names = new Map(world.chats.map(({ platform, id, title }) => [`${platform}|${id}`, title]))
  return world.onChange((change) => {
    if (change.type !== 'bubble' || told.has(change.bubble.id)) return
    told.add(change.bubble.id)
    write(lineOf(change.bubble, (platform, id) => names.get(`${platform}|${id}`) ?? id))
  })
}

function lineOf(bubble: Bubble, nameOf: (platform: string, id: string) => string): string {
  const at = formatInstant(bubble.at).slice(0, 16).replace('T', ' ')
  const chat = nameOf(bubble.platform, bubble.chat)
  const said = bubble.card ? `【${bubble.card.title}】` : oneLine(bubble.text ?? bubble.markdown ?? '[图片]')
  if (bubble.from === 'bot') return `${at} ${PLATFORMS[bubble.platform]}  督办助手 → ${chat}：${said}`
  const speaker = nameOf(bubble.platform, bubble.from)
  return `${at} ${PLATFORMS[bubble.platform]}  ${speaker}${speaker === chat ? '' : `（${chat}）`}：${said}`
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 100)
