// When a sentence could be about several duties: asked with buttons, never guessed.
import type { Task } from '../../core/task/types.ts'
import { answer, type Turn } from './context.ts'
import { remember } from './memory.ts'

const MAX_CHOICES = 6
const BUTTON_CHARACTERS = 10
const QUOTED_CHARACTERS = 60

/** The card carries the whole sentence, so that a press on an older card can't be taken for an answer about a newer one. */
export async function chooseTask(
  turn: Turn,
  tasks: readonly Task[],
  text: string,
  nameOf: (task: Task) => string,
): Promise<void> {
  await remember(turn, 'choosing', text)
  const choices = tasks
    .slice(0, MAX_CHOICES)
    .map((task) => ({ key: `choose:${task.id}`, text: first(nameOf(task), BUTTON_CHARACTERS) }))
  await answer(turn, 'choose-task', { said: `您说：“${first(text, QUOTED_CHARACTERS)}”`, text }, { choices })
}

function first(text: string, most: number): string {
  const characters = [...text]
  return characters.length > most ? `${characters.slice(0, most - 1).join('')}…` : text
}
