// The same form three ways: a sentence, answers to what was asked back, and the phone page write the same record.
import { describe, expect, test } from 'vitest'
import { everywhere } from '../support/office-cast.ts'
import { openPhoneOffice, type PhoneOffice } from '../support/phone-office.ts'

type Case = {
  readonly form: string
  readonly plan: string
  readonly sentence: string
  readonly page: Record<string, string>
  readonly fields: Record<string, unknown>
}

const CASES: readonly Case[] = [
  {
    form: 'stage report',
    plan: 'jieduan',
    sentence: '本阶段召开动员会2次，排查项目36个。存在问题：资金未到位；台账不全。下一步打算：加快拨付',
    page: {
      statement: '本阶段召开动员会2次，排查项目36个。',
      problems: '资金未到位\n台账不全。',
      measures: '加快拨付',
    },
    fields: {
      statement: '本阶段召开动员会2次，排查项目36个。',
      problems: ['资金未到位', '台账不全。'],
      measures: ['加快拨付'],
    },
  },
  {
    form: 'liaison registration',
    plan: 'dengji',
    sentence: '登记联络员 何丽，职务办公室主任，电话13900000000',
    page: { liaisonName: '何丽', liaisonPost: '办公室主任', liaisonPhone: '13900000000' },
    fields: { liaisonName: '何丽', liaisonPost: '办公室主任', liaisonPhone: '13900000000' },
  },
  {
    form: 'problem report',
    plan: 'wenti',
    sentence:
      'K3处滑坡，道路中断；类别：推进缓慢未验收；部门：县自然资源局；发生时间：4月20日；需协调：派人勘查',
    page: {
      problem: 'K3处滑坡，道路中断',
      category: '推进缓慢未验收',
      department: '县自然资源局',
      since: '2021-04-20',
      helpNeeded: '派人勘查',
    },
    fields: {
      problem: 'K3处滑坡，道路中断',
      category: '推进缓慢未验收',
      department: '县自然资源局',
      since: '2021-04-20',
      helpNeeded: ['派人勘查'],
    },
  },
  {
    form: 'form of the plan',
    plan: 'yonggong',
    sentence: '到位资金320万，支付资金：1,200,000元；用工45人，进度判断：滞后，说明：雨季停工5天。',
    page: { inPlace: '320', spent: '120', workers: '45', light: '滞后', note: '雨季停工5天。' },
    fields: { inPlace: '3200000.00', spent: '1200000.00', workers: 45, light: '滞后', note: '雨季停工5天。' },
  },
]

const recordOf = async ({ office }: PhoneOffice, part: string) => office.submissions(await office.task(part))

describe.each(everywhere)('$where', ({ place, side }) => {
  const open = (plan: string, units: readonly string[] = [side.unit]) =>
    openPhoneOffice({ place, side, plans: [plan], units, at: '2021-05-06 09:30' })

  test.each(CASES)('$form', async ({ plan, sentence, page, fields }) => {
    const opened = await open(plan, [side.unit, side.neighbour])
    const { office, linkTo, post, ignoreMessages } = opened
    await office.advanceTo('2021-05-07 09:30')
    ignoreMessages()
    await office.say(side.liaison, sentence)
    office.expectCard(side.liaison, '已登记，请核对')
    const neighbour = `${side.neighbour}-lianluo`
    expect(await post(await linkTo(side.neighbour, neighbour), { revision: '0', ...page })).toMatchObject({
      status: 303,
    })
    await office.settle()
    office.expectCard(neighbour, '已登记，请核对')
    ignoreMessages()
    for (const unit of [side.unit, side.neighbour]) {
      const records = await recordOf(opened, unit)
      expect(records.map((record) => record.fields)).toEqual([fields])
    }
  })

  test('monthly progress', async () => {
    const opened = await open('yuebao')
    const { office, linkTo, post, ignoreMessages } = opened
    await office.advanceTo('2021-05-07 09:30')
    ignoreMessages()
    const tasks = (await office.ledger()).filter(({ unit }) => unit === side.unit)
    await office.say(
      side.liaison,
      `${side.projects[0]}本月完成投资320万，累计1200万，形象进度七成，存在问题：征地还差3户`,
    )
    office.expectCard(side.liaison, '已登记，请核对')
    const [said] = await Promise.all(
      tasks.map(async (task) => ({ task, record: (await office.submissions(task))[0] })),
    ).then((all) => all.filter(({ record }) => record !== undefined))
    const other = tasks.find(({ id }) => id !== said?.task.id)
    const page = {
      investedThisMonth: '320',
      investedTotal: '1200',
      percentComplete: '70',
      problems: '征地还差3户',
      'why-total-within-plan': '概算调整',
    }
    await post(await linkTo(other?.key ?? 'none', side.liaison), { revision: '0', ...page })
    await office.settle()
    ignoreMessages()
    const written = (await office.submissions({ id: other?.id ?? '' }))[0]?.fields
    expect(written).toEqual(said?.record?.fields)
    expect(written).toMatchObject({ investedTotal: '12000000.00', percentComplete: 70 })
  })

  test('a problem in plain words: what else is needed is asked', async () => {
    const { office, ignoreMessages } = await open('wenti')
    const { liaison } = side
    await office.advanceTo('2021-05-06 09:30')
    ignoreMessages()
    await office.say(liaison, '3号桥墩征地还没完成，影响开工')
    office.expectCard(
      liaison,
      '还差几项',
      '问题：3号桥墩征地还没完成，影响开工',
      '请填写问题类别',
      '请填写需答复的部门',
    )
    await office.say(liaison, '类别：推进缓慢未验收；部门：县自然资源局')
    office.expectCard(
      liaison,
      '已登记，请核对',
      '问题：3号桥墩征地还没完成，影响开工\n问题类别：推进缓慢未验收',
    )
    ignoreMessages()
  })
})

// WeCom's cards have no inputs (documented); there the link under the card leads to the page.
const withInputs = everywhere.filter(({ side }) => side.platform === 'dingtalk')

describe.each(withInputs)('right on its card, $where', ({ place, side }) => {
  test.each(CASES)('$form', async ({ plan, page, fields }) => {
    const opened = await openPhoneOffice({ place, side, plans: [plan], at: '2021-05-06 09:30' })
    const { office, ignoreMessages } = opened
    await office.advanceTo('2021-05-06 09:30')
    const card = office.expectCard(side.liaison)
    ignoreMessages()
    expect(await office.fill(side.liaison, card, page)).toEqual({ reached: true })
    office.expectCard(side.liaison, '已登记，请核对')
    ignoreMessages()
    expect((await recordOf(opened, side.unit)).map((record) => record.fields)).toEqual([fields])
    expect(office.platforms.imitations.dingtalk.complaints()).toEqual([])
  })
})
