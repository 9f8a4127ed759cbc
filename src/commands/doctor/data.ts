// What the database holds: whether it opens, the office in it, and what did not arrive.
import { examineOffice } from '../../app/examine-office.ts'
import { bad, type Finding, good } from '../../app/finding.ts'
import type { Log } from '../../app/ports.ts'
import { whoseAddress } from '../../app/render.ts'
import type { Snapshot } from '../../app/store-port.ts'
import type { Config } from '../../config.ts'
import { DAY_MS, dateOf, type Instant } from '../../core/calendar/civil.ts'
import { type Amounts, levelOf, monthOf } from '../../core/message/quota.ts'
import { addressOf } from '../../core/message/types.ts'
import type { ChannelName } from '../../core/people/directory.ts'
import type { Database } from '../../store/database.ts'
import { DatabaseError } from '../../store/database-error.ts'
import { createStore } from '../../store/store.ts'
import { type Trouble, troubles } from '../../store/troubles.ts'
import { OFFICE, openProductDatabase } from '../product.ts'

/** How long a message that did not arrive is worth a line. */
const TROUBLE_DAYS = 30

/** The database if it opens; an embedded one that the running server holds is no fault. */
export async function openForDoctor(
  config: Config,
  log: Log,
): Promise<{ finding: Finding; database?: Database }> {
  try {
    const database = await openProductDatabase(config, log)
    return {
      finding: good('数据库', `${database.embedded ? '内置' : ''} ${database.location}`.trim()),
      database,
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    if (error.code === 'directory-in-use')
      return { finding: good('数据库', '正由运行中的服务使用；要查名册和送达情况，请先停下服务') }
    return { finding: bad('数据库', '打不开', error.message) }
  }
}

/** The findings about an open database. */
export async function examineData(database: Database, config: Config, now: Instant): Promise<Finding[]> {
  const store = createStore(database)
  const office = await store.office()
  const { wecom, wecomApp, dingtalk, secret } = config
  const channels: ChannelName[] = [
    ...(wecom || wecomApp ? (['wecom'] as const) : []),
    ...(dingtalk ? (['dingtalk'] as const) : []),
  ]
  const exam = {
    office,
    tasks: await store.ledger(),
    calendar: OFFICE.calendar,
    channels,
    hasSecret: secret !== undefined,
    now,
  }
  const lost = await troubles(database.pool, now - TROUBLE_DAYS * DAY_MS)
  const month = dingtalk ? [monthOfDingtalk(await store.usage('dingtalk', monthOf(now)), dingtalk.quota)] : []
  return [...examineOffice(exam), ...month, ...notArrived(lost, office), ...notKnown(lost, office)]
}

/** The organisation's month; other applications of it may have used more than we counted. */
function monthOfDingtalk(used: Amounts, size: Amounts): Finding {
  const seen = `接口 ${used.calls}/${size.calls} 次，消息 ${used.messages}/${size.messages} 条`
  const isShort = METERS.some((meter) => levelOf(used[meter], size[meter]) !== undefined)
  if (!isShort) return good('钉钉本月额度', seen)
  return bad(
    '钉钉本月额度',
    seen,
    '在钉钉管理后台购买额度，再改 DINGTALK_MONTHLY_CALLS、DINGTALK_MONTHLY_MESSAGES；不足时先停群消息和提醒，正式督办照发',
  )
}

const METERS = ['calls', 'messages'] as const

function notArrived(lost: readonly Trouble[], office: Snapshot): Finding[] {
  return lost
    .filter(({ state }) => state === 'refused')
    .map(({ address, code, detail }) =>
      bad(
        '送达',
        `${whoseAddress(office, addressOf(address))} 最近一次没有收到（${code ?? '无代码'}）`,
        detail ?? '核对账号、可见范围和群成员',
      ),
    )
}

function notKnown(lost: readonly Trouble[], office: Snapshot): Finding[] {
  return lost
    .filter(({ state }) => state === 'unknown')
    .map(({ address, at }) =>
      bad(
        '送达',
        `${dateOf(at)}发给 ${whoseAddress(office, addressOf(address))} 的一条消息，不知是否送到`,
        '问一下对方是否收到；没有收到就由人告知，系统不会自己重发',
      ),
    )
}
