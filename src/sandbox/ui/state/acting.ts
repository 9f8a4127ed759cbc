// What the user can do: speak and press as the chosen person, and move the clock. Failures become notices.
import type { Ref } from 'vue'
import type { Delivered, FaultState, Leap } from '../../page/wire.ts'
import { api, type SayBody } from './api.ts'
import type { ClockBook } from './clock.ts'
import type { Stage } from './stage.ts'

export type Acting = {
  /** True when the message was written, whether the bot heard it or not. */
  say(said: Omit<SayBody, 'platform' | 'account' | 'chat'>): Promise<boolean>
  press(bubble: string, button: string): Promise<void>
  /** Sends in what stands in the inputs of a card. */
  fill(bubble: string, values: Readonly<Record<string, string>>): Promise<void>
  /** The speaker opens his direct chat with the bot, as a phone reports it. */
  enter(): Promise<void>
  leap(leap: Leap): Promise<void>
  /** Switches a misfortune of a platform on or off, for everybody who has the page open. */
  turnFault(id: string, on: boolean): Promise<void>
}

type Place = Pick<Stage, 'speaker' | 'chat'> & {
  readonly notice: Ref<string>
  readonly clock: ClockBook
  readonly faults: Ref<FaultState>
}

/** Acts for whoever is the speaker, in whichever chat is open. */
export function createActing({ speaker, chat, notice, clock, faults }: Place): Acting {
  async function trying<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work()
    } catch (error) {
      notice.value = error instanceof Error ? error.message : String(error)
      return undefined
    }
  }
  const tell = (delivered: Delivered | undefined): boolean => {
    if (delivered && !delivered.reached) notice.value = delivered.note ?? '消息没有送到机器人那里。'
    else if (delivered?.note) notice.value = delivered.note
    return delivered !== undefined
  }
  const who = () => {
    if (!speaker.value) throw new Error('请先选择以谁的身份发言。')
    return { platform: speaker.value.platform, account: speaker.value.account }
  }

  return {
    say: async (said) =>
      tell(await trying(async () => await api.say({ ...who(), chat: chat.value?.id ?? '', ...said }))),
    press: async (bubble, button) =>
      void tell(await trying(async () => await api.click({ ...who(), bubble, button }))),
    fill: async (bubble, values) =>
      void tell(await trying(async () => await api.fill({ ...who(), bubble, values }))),
    enter: async () => void tell(await trying(async () => await api.enter(who()))),
    leap: async (leap) => {
      const state = await trying(async () => await api.leap(leap))
      if (state) clock.set(state)
    },
    turnFault: async (id, on) => {
      const state = await trying(async () => await api.turnFault({ id, on }))
      // The box that was ticked must show how the switch stands, also when it could not be turned.
      faults.value = state ?? { ...faults.value }
    },
  }
}
