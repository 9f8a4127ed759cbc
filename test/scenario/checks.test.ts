// Figures that breach a check or could be several things: asked about, and recorded only once that is settled (domain §5).
import { describe, expect, test } from 'vitest'
import { findBrokenLink } from '../../src/store/events.ts'
import { everywhere, openOffice } from '../support/office.ts'
import type { Side } from '../support/office-cast.ts'

/** The cards that asked for the reports are read by nobody here. */
async function opened(place: (typeof everywhere)[number]['place'], side: Side, at = '2021-05-06 09:00') {
  const office = await openOffice({ place, side, plans: ['yuebao'], at })
  office.skip()
  const taskOf = async (project: string, period = '2021-04') => {
    const { directory } = await office.product.store.office()
    const key = directory.projects.find(({ name }) => name === project)?.key ?? ''
    return office.task(`${key}|${period}`).catch(() => office.task(key))
  }
  const last = async (project: string) => (await office.submissions(await taskOf(project))).at(-1)
  return { office, taskOf, last }
}

describe.each(everywhere)('$where', ({ place, side }) => {
  const [one, two] = side.projects

  test('a total that fell waits for a word; what is certain is recorded at once', async () => {
    const { office } = await opened(place, side, '2021-06-07 09:00')
    // Two months are open: the older one is answered first.
    await office.say(side.liaison, `${one}累计1.2亿；${two}累计2100万`)
    office.skip()
    const june = async () => {
      const { directory } = await office.product.store.office()
      const key = directory.projects.find(({ name }) => name === one)?.key
      return (await office.ledger()).find((row) => row.project === key && row.period === '2021-05')
    }
    const revisions = async () => office.submissions({ id: (await june())?.id ?? '' })

    await office.say(side.liaison, `${one}本月完成320万，累计1.1亿，形象进度41%，主体封顶`)
    const readBack = office.expectCard(side.liaison, `已登记，请核对：${one}`, '41%', '主体封顶')
    expect(readBack.words).not.toContain('1.1亿')
    const asked = office.expectCard(
      side.liaison,
      `还差一句说明：${one}`,
      '比上期的1.2亿元少',
      '应是1.232亿元',
    )
    const [first] = await revisions()
    expect(Object.keys(first?.fields ?? {}).sort()).toEqual(['percentComplete', 'physicalProgress'])

    await office.restartAt('2021-06-07 09:40')
    await office.say(side.liaison, '下午两点开会')
    const offered = office.expectCard(side.liaison, '这句话是说明吗？', '下午两点开会')
    await office.press(side.liaison, offered, 'why:no')
    office.expectCard(side.liaison, '好的，没有记为说明', '1.1亿元')
    await office.say(side.liaison, '因为下雨停工')
    office.skip()
    expect((await revisions()).map(({ fields }) => fields.investedTotal)).not.toContain('110000000.00')
    await office.say(side.liaison, '我的任务')
    office.expectCard(side.liaison, `1. ${two}`, '另有1处数字在等您确认')

    await office.say(side.liaison, '说明：结算审减了一千多万')
    office.expectCard(
      side.liaison,
      '1.1亿元（上期1.2亿元，减1000万元）',
      '320万元',
      '说明：结算审减了一千多万',
    )
    const record = (await revisions()).at(-1)
    expect(record).toMatchObject({
      fields: {
        investedTotal: '110000000.00',
        investedThisMonth: '3200000.00',
        percentComplete: 41,
        explanations: {
          'total-not-below-last': '结算审减了一千多万',
          'month-adds-up': '结算审减了一千多万',
        },
      },
    })
    await office.press(side.liaison, asked, 'why:0')
    office.expectCard(side.liaison, '这一步已经办过了', '已经有了结果')
    expect(await revisions()).toHaveLength(record?.revision ?? 0)
    expect(await findBrokenLink(office.product.database.pool)).not.toHaveProperty('seq')
  })

  test('a reason in the same breath is taken for the explanation, of its own project alone', async () => {
    const { office } = await opened(place, side, '2021-06-07 09:00')
    const may = async (project: string) => {
      const { directory } = await office.product.store.office()
      const key = directory.projects.find(({ name }) => name === project)?.key
      const task = (await office.ledger()).find((row) => row.project === key && row.period === '2021-05')
      return (await office.submissions({ id: task?.id ?? '' })).at(-1)?.fields
    }
    await office.say(side.liaison, `${one}累计1.2亿，形象进度45%；${two}累计2100万`)
    office.skip()
    await office.say(side.liaison, `${one}形象进度从45%改到40%，上月多算了；${two}累计2000万`)
    const words = [office.expectCard(side.liaison).words, office.expectCard(side.liaison).words].join('\n')
    expect(words).toContain('说明：上月多算了\n您话里的原因已记作说明，不用另报。')
    expect(words).toContain(`还差一句说明：${two}`)
    expect(await may(one)).toEqual({
      percentComplete: 40,
      explanations: { 'percent-not-below-last': '上月多算了' },
    })
    await office.say(side.liaison, `${two}累计1900万因为结算审减`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '1900万元', '因为结算审减', '不用另报')
    expect((await may(two))?.explanations).toEqual({ 'total-not-below-last': '因为结算审减' })
  })

  test('a figure over the plan: the reason by a button, the right figure instead, and nothing from the group', async () => {
    const { office, last } = await opened(place, side)
    await office.say(side.liaison, `${one}累计9亿`, { group: side.group })
    const asked = office.expectCard(side.group, `还差一句说明：${one}`, '超过了计划总投资')
    expect(asked.buttons).toEqual(['why:0', 'why:1', 'why:rewrite'])
    await office.say(side.head, '概算调整了', { group: side.group })
    await office.say(side.liaison, '下午两点开会', { group: side.group })
    office.expectNothing()
    expect(await last(one)).toBeUndefined()
    await office.press(side.liaison, asked, 'why:0')
    office.expectCard(side.group, `已登记，请核对：${one}`, '9亿元', '说明：概算已调整')
    expect(office.look(asked).buttons).toEqual([])

    await office.say(side.liaison, `${two}累计19亿`)
    const again = office.expectCard(side.liaison, `还差一句说明：${two}`)
    await office.press(side.liaison, again, 'why:rewrite')
    office.expectCard(side.liaison, `请重报：${two}`)
    await office.say(side.liaison, '概算调整了')
    office.expectCard(side.liaison, '没看懂，还没有登记')
    await office.say(side.liaison, `${two}累计29亿`)
    office.expectCard(side.liaison, `还差一句说明：${two}`)
    await office.say(side.liaison, '更正：累计应为1.1亿')
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '1.1亿元')
    const record = await last(two)
    expect(record).toMatchObject({ revision: 1, fields: { investedTotal: '110000000.00' } })
    expect(record?.fields).not.toHaveProperty('explanations')
  })

  test('an amount that could be three things is asked with buttons, and goes where he says, once', async () => {
    const { office, taskOf, last } = await opened(place, side)
    await office.say(side.liaison, `${one}完成投资500万，形象进度30%`)
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '30%')
    const asked = office.expectCard(side.liaison, `请问是哪一个数：${one}`, '500万元')
    expect(asked.buttons).toEqual([
      'which:investedThisMonth',
      'which:investedThisYear',
      'which:investedTotal',
    ])
    await office.restartAt('2021-05-06 10:00')
    // A double press, and the second finger on another button.
    const platform = office.platforms.imitations[side.platform]
    await Promise.all([
      platform.click(side.liaison, asked.bubble, 'which:investedTotal'),
      platform.click(side.liaison, asked.bubble, 'which:investedThisMonth'),
    ])
    await office.settle()
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '累计完成投资：500万元', '30%')
    office.expectCard(side.liaison, '这一步已经办过了', '已经有了结果')
    expect(office.look(asked).buttons).toEqual([])
    expect((await last(one))?.fields).toEqual({ investedTotal: '5000000.00', percentComplete: 30 })

    await office.say(side.liaison, `${two}完成投资80万`)
    office.expectCard(side.liaison, `请问是哪一个数：${two}`)
    await office.say(side.liaison, '是本月的')
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '本月完成投资：80万元')
    expect((await taskOf(two)).state).toBe('submitted')
    await office.say(side.liaison, '累计的')
    office.expectCard(side.liaison, '您目前没有待办任务')
    expect(await last(two)).toMatchObject({ revision: 1, fields: { investedThisMonth: '800000.00' } })
  })

  test('a correction after two projects: by a short name to the right one, without a name asked', async () => {
    const { office, last } = await opened(place, side)
    const short = { wecom: '便道', dingtalk: '二级公路' }[side.platform]
    await office.say(side.liaison, `${two}累计2100万；${one}累计500万`)
    office.skip()
    await office.say(side.liaison, `更正 ${short}累计应该是2200万`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '2200万元')
    expect((await last(one))?.fields).toEqual({ investedTotal: '5000000.00' })
    await office.say(side.liaison, '撤回')
    office.expectCard(side.liaison, `已撤回：${two}`, '2100万元')
    await office.say(side.liaison, '更正：累计2300万')
    const choice = office.expectCard(side.liaison, '请问报的是哪一项？', '更正：累计2300万')
    expect(choice.buttons).toHaveLength(2)
    const { buttons } = office.platforms.world.find(choice.bubble)?.card ?? { buttons: [] }
    const button = buttons.find(({ text }) => one.startsWith(text.replace('…', '')))
    await office.press(side.liaison, choice, button?.key ?? '')
    office.expectCard(side.liaison, `已登记，请核对：${one}`, '2300万元')
    expect(await last(one)).toMatchObject({ revision: 2, reason: '更正：累计2300万' })
  })

  test('two projects in one sentence: the clear one is recorded, the other one is asked about', async () => {
    const { office, last } = await opened(place, side)
    await office.say(side.liaison, `${two}完成投资80万，${one}形象进度64%`)
    const cards = [office.expectCard(side.liaison), office.expectCard(side.liaison)]
    const words = cards.map((card) => card.words).join('\n')
    expect(words).toContain(`已登记，请核对：${one}`)
    expect(words).toContain(`请问是哪一个数：${two}`)
    expect((await last(one))?.fields).toEqual({ percentComplete: 64 })
    expect(await last(two)).toBeUndefined()
    await office.say(side.liaison, `${two}累计2100万`)
    office.expectCard(side.liaison, `已登记，请核对：${two}`, '2100万元')
    // The newer sentence has answered it.
    const asked = cards.find(({ buttons }) => buttons.includes('which:investedTotal'))
    if (asked) await office.press(side.liaison, asked, 'which:investedTotal')
    office.expectCard(side.liaison, '这一步已经办过了')
    expect((await last(two))?.fields).toEqual({ investedTotal: '21000000.00' })
  })
})
