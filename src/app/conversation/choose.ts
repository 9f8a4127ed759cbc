// When a sentence could be about several duties: asked with buttons, never guessed.
import type { Saying } from '../../core/message/notice.ts'
import type { Task } from '../../core/task/types.ts'
import type { SentCard } from '../store-port.ts'
import { answer, type Turn } from './context.ts'
import { recall, remember } from './memory.ts'

const MAX_CHOICES = 6
const BUTTON_CHARACTERS = 10
const QUOTED_CHARACTERS = 60

export const CHOOSE_ALL = 'choose:all'

/**
 * The card carries the whole sentence, so that a press on an older card can't be taken for an answer about a newer one. `fitsAll`:
 * the sentence may be meant for each of the duties; then one button says so, and the card lists them.
 */
export async function chooseTask(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  nameOf: (task: Task) => string,
  fitsAll = false,
): Promise<void> {
  await remember(turn, 'choosing', { text, tasks: tasks.map(({ id }) => id), fitsAll, fresh: true })
  const all = fitsAll ? [{ key: CHOOSE_ALL, text: `全部${tasks.length}项` }] : []
  const choices = tasks
    .slice(0, MAX_CHOICES - all.length)
    .map((task) => ({ key: `choose:${task.id}`, text: first(nameOf(task), BUTTON_CHARACTERS) }))
  const slots = {
    said: `您说：“${first(text, QUOTED_CHARACTERS)}”`,
    names: tasks.map((task, index) => `${index + 1}. ${nameOf(task)}`).join('\n'),
    orAll: fitsAll ? '，或“全部”' : '',
    text,
    all: tasks.map(({ id }) => id).join(' '),
  }
  await answer(turn, 'choose-task', slots, { choices: [...choices, ...all] })
}

/** Later a bare 1 is more likely the answer to something newer. */
const NUMBER_LIFE_MS = 10 * 60_000
const EACH = /^(?:全部|都是?|全都?是?|所有)(?:的|报了|这[几些]项)?[。.!！~～]*$/
const ONE = /^(?:是|选|就)?第?([\d一二三四五六七八九]{1,2})[个项条]?的?[。.!！~～]*$/

/**
 * What a bare number or 全部 means right after the card that asked: the sentence and the duties; undefined for anything else. Once he
 * has said something else only the card's buttons count.
 */
export async function chosenByWords(
  turn: Turn,
  text: string,
): Promise<{ text: string; tasks: readonly string[] } | undefined> {
  const recalled = await recall(turn, 'choosing')
  if (!recalled?.value.fresh || turn.now - recalled.at > NUMBER_LIFE_MS) return undefined
  const asked = recalled.value
  const plain = text.normalize('NFKC').trim()
  const number = ONE.exec(plain)?.[1]
  const one = number === undefined ? undefined : asked.tasks[numberOf(number) - 1]
  const tasks = asked.fitsAll && EACH.test(plain) ? asked.tasks : one ? [one] : undefined
  if (!tasks) return void (await remember(turn, 'choosing', { ...asked, fresh: false }))
  await remember(turn, 'choosing')
  return { text: asked.text, tasks }
}

const numberOf = (said: string): number =>
  /\d/.test(said) ? Number(said) : '一二三四五六七八九'.indexOf(said) + 1

/** The sentence that this card asked about, once; undefined when its question is settled. */
export async function takeChosen(turn: Turn, card: SentCard): Promise<string | undefined> {
  const said = (await recall(turn, 'choosing'))?.value.text
  if (said === undefined || !card.sayings.some((saying) => asksAbout(saying, said))) return undefined
  await remember(turn, 'choosing')
  return said
}

/** The tasks that a press on a choice means. */
export function chosenTasks(card: SentCard, button: string): string[] {
  if (button !== CHOOSE_ALL) return [button.slice('choose:'.length)]
  const [saying] = card.sayings
  return saying?.type === 'card' ? (saying.slots.all ?? '').split(' ').filter(Boolean) : []
}

const asksAbout = (saying: Saying, text: string): boolean =>
  saying.type === 'card' && saying.slots.text === text

function first(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}
