// What a person of the story does with a card that arrives: the words he types, the button he presses, or nothing yet.
import type { Bubble, ShownCard } from '../world.ts'
import { noise, type Temper, temperOf } from './temper.ts'

export type Reaction =
  | { readonly type: 'say'; readonly text: string }
  | { readonly type: 'press'; readonly button: string }

type Mood = 'first' | 'reminder' | 'last-day' | 'overdue'

/** Figures that a liaison would read off his books: each project's own running total, in 万元. */
export type Books = Map<string, number>

/** All that the receiver of `bubble` will do about it, in order; empty when it leaves him cold. */
export function reactionsTo(bubble: Bubble, seed: number, books: Books): Reaction[] {
  const card = bubble.card
  if (!card) return []
  if (card.buttons.some(({ key }) => key === 'issue')) {
    return [{ type: 'press', button: noise(seed, card.title, bubble.at) < 0.8 ? 'issue' : 'hold' }]
  }
  if (card.buttons.some(({ key }) => key === 'confirm')) {
    return noise(seed, bubble.chat, bubble.at) < 0.3 ? [{ type: 'press', button: 'confirm' }] : []
  }
  const choice = card.buttons.find(({ key }) => key.startsWith('choose:'))
  if (choice) return [{ type: 'press', button: choice.key }]
  const mood = moodOf(card)
  if (!mood) return []
  if (!isReadyToAnswer(temperOf(seed, bubble.chat), mood)) {
    const canAcknowledge = mood === 'first' && card.buttons.some(({ key }) => key === 'ack')
    return canAcknowledge && noise(seed, bubble.chat, card.title) < 0.5
      ? [{ type: 'press', button: 'ack' }]
      : []
  }
  return answers(card, books)
}

function moodOf({ title, text = '' }: ShownCard): Mood | undefined {
  if (title.startsWith('已逾期') || text.includes('【已逾期】')) return 'overdue'
  if (title.startsWith('今天到期') || text.includes('【今天到期】')) return 'last-day'
  if (title.startsWith('新任务') || text.includes('【新】')) return 'first'
  return /工作日：|项任务，最近截止/.test(title) ? 'reminder' : undefined
}

const PATIENCE: Record<Temper, readonly Mood[]> = {
  prompt: ['first', 'reminder', 'last-day', 'overdue'],
  'last-day': ['last-day', 'overdue'],
  'after-notice': ['overdue'],
  stubborn: ['overdue'],
}

const isReadyToAnswer = (temper: Temper, mood: Mood): boolean => PATIENCE[temper].includes(mood)

function answers(card: ShownCard, books: Books): Reaction[] {
  const lines = (card.text ?? '').split('\n').filter((line) => /^\d+\. /.test(line))
  if (lines.length > 0) {
    return lines.map((line, index) => ({ type: 'say', text: `${index + 1} ${wordsFor(line, books)}` }))
  }
  if (card.buttons.some(({ key }) => key === 'done')) return [{ type: 'press', button: 'done' }]
  const project = card.fields.find(({ label }) => label === '项目')?.value
  return [{ type: 'say', text: wordsFor(project ? `${project}·${card.title}` : card.title, books) }]
}

/** A progress report for a project's duty, a plain statement for any other. */
function wordsFor(duty: string, books: Books): string {
  const project = /(?:】|\. |^)([^】·]+)·/.exec(duty)?.[1]
  if (project === undefined || !/月报|进展|进度|调度/.test(duty)) return '已完成，材料已报送'
  const month = 80 + Math.round(noise(project, books.get(project) ?? 0) * 300)
  const total = (books.get(project) ?? 1_000) + month
  books.set(project, total)
  return `本月完成投资${month}万元，累计完成投资${total}万元，没什么问题`
}
