// What a pressed card looks like afterwards: who pressed what and when, and only what still does something.
import { momentText } from '../../core/message/compose/phrases.ts'
import type { Card } from '../../core/message/types.ts'
import type { SentCard } from '../store-port.ts'
import type { Turn } from './context.ts'

/** Asks for the redraw of a card on which `button` has just been acted. */
export function redrawPressed(turn: Turn, { id, content }: SentCard, button: string): void {
  // Correcting opens a question and settles nothing yet: the card stays as it is.
  if (content.type !== 'card' || button === 'correct') return
  const { card } = content
  const said = card.buttons.find(({ key }) => key === button)?.text ?? button
  const marked = withMark(turn, card, `已点“${said}”`)
  // Having received a duty is not having done it.
  const isAck = button === 'ack'
  turn.redraws.push({
    id,
    card: isAck ? { ...marked, buttons: card.buttons.filter(({ key }) => key !== 'ack') } : spent(marked),
  })
}

/** Asks for the redraw of a card whose form has just been recorded. */
export function redrawFilled(turn: Turn, { id, content }: SentCard): void {
  if (content.type === 'card')
    turn.redraws.push({ id, card: spent(withMark(turn, content.card, '已提交表单')) })
}

/** What stood in the second line moves into the text. */
function withMark(turn: Turn, card: Card, done: string): Card {
  const text = [card.subtitle, card.text].filter(Boolean).join('\n')
  return {
    ...card,
    subtitle: `✔ ${turn.person.name} ${momentText(turn.now)} ${done}`,
    ...(text ? { text } : {}),
  }
}

const spent = ({ form, ...card }: Card): Card => ({
  ...card,
  buttons: [],
  ...(form ? { form: { ...form, inputs: [] } } : {}),
})
