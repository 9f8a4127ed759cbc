// What a pressed card looks like afterwards: who pressed what and when, and only the buttons that still do something.
import { momentText } from '../../core/message/compose/phrases.ts'
import type { SentCard } from '../store-port.ts'
import type { Turn } from './context.ts'

/** Asks for the redraw of a card on which `button` has just been acted. What stood in its second line moves into its text. */
export function redrawPressed(turn: Turn, { id, content }: SentCard, button: string): void {
  // Correcting opens a question and settles nothing yet: the card stays as it is.
  if (content.type !== 'card' || button === 'correct') return
  const { card } = content
  const said = card.buttons.find(({ key }) => key === button)?.text ?? button
  const text = [card.subtitle, card.text].filter(Boolean).join('\n')
  turn.redraws.push({
    id,
    card: {
      ...card,
      subtitle: `✔ ${turn.person.name} ${momentText(turn.now)} 已点“${said}”`,
      ...(text ? { text } : {}),
      // Having received a duty is not having done it.
      buttons: button === 'ack' ? card.buttons.filter(({ key }) => key !== 'ack') : [],
    },
  })
}
