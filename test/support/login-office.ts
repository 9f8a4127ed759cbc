// The small office whose visitors can sign in by both platforms, with a stranger on each.
import { APP } from '../channels/wecom/app/stage.ts'
import { databases } from './databases.ts'
import { SIDES, type Side } from './office-cast.ts'
import { openPhoneOffice, type PhoneOffice } from './phone-office.ts'

export const side = SIDES[0] as Side
export const WXWORK =
  'Mozilla/5.0 (iPhone) AppleWebKit/605.1.15 wxwork/4.1.22 MicroMessenger/7.0.1 Language/zh'
export const DINGTALK =
  'Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 AliApp(DingTalk/7.6.0) DingTalk/7.6.0'
/** A member of the corporation whom the directory does not know. */
export const STRANGER = 'xin-tongshi'

/** `bots`: WeCom's self-built app is not connected. */
export async function openLoginOffice(options: { at?: string; bots?: true } = {}): Promise<PhoneOffice> {
  const [{ place }] = databases
  const phone = await openPhoneOffice({
    ...{ place, side, plans: ['wenjian'], at: options.at ?? '2021-04-19 09:00' },
    ...(options.bots ? {} : { wecom: { app: APP } }),
    recast: ({ personas, chats }) => ({
      chats,
      personas: [...personas, { platform: 'wecom', account: STRANGER, name: '新同事', hasSpoken: false }],
    }),
  })
  phone.ignoreMessages()
  return phone
}
