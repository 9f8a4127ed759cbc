// Conversations about what somebody reports: read back, corrected, taken back, doubted, explained, and which duty is meant.
import { inGroup, press, pressInGroup, quote, say, type Talk } from './talk-script.ts'

const READ_BACK = '已登记，请核对'
const PAPER = '报送动员部署文件'

export const REPORTS: readonly Talk[] = [
  {
    about: 'a read-back card is confirmed, its record corrected, and the correction taken back',
    duty: 'paper',
    steps: [
      say('liaison', '已报送', ['liaison', `${READ_BACK}：${PAPER}`]),
      press('liaison', '核对无误', READ_BACK, ['liaison', `已核对：${PAPER}`]),
      say('liaison', '更正：已报送，文号5号', ['liaison', READ_BACK, '文号5号']),
      press('liaison', '撤回', '文号5号', ['liaison', '已撤回', '以之前一版为准']),
    ],
  },
  {
    about: 'a report is taken back within five minutes by the button, the next one by the word',
    duty: 'paper',
    steps: [
      say('liaison', '已报送', ['liaison', READ_BACK]),
      press('liaison', '撤回', READ_BACK, ['liaison', `已撤回：${PAPER}`, '又在等您报送']),
      say('liaison', '已报送，编号12', ['liaison', READ_BACK, '编号12']),
      say('liaison', '撤回', ['liaison', '已撤回', '又在等您报送']),
    ],
  },
  {
    about: 'a correction that the button asked for makes a new revision',
    duty: 'monthly',
    steps: [
      say('liaison', '{one}累计2100万，形象进度30%', ['liaison', `${READ_BACK}：{one}`, '2100万元']),
      press('liaison', '我要更正', READ_BACK, ['liaison', '请回复更正内容：{one}']),
      say('liaison', '累计应为2200万', ['liaison', `${READ_BACK}：{one}`, '2200万元']),
      press('liaison', '核对无误', '2200万元', ['liaison', '已核对：{one}']),
    ],
  },
  {
    about: 'a figure over the plan waits for an explanation in words',
    duty: 'monthly',
    steps: [
      say('liaison', '{one}累计9亿', ['liaison', '还差一句说明：{one}', '超过了计划总投资']),
      say('liaison', '下午两点开会', ['liaison', '这句话是说明吗？', '下午两点开会']),
      press('liaison', '不是', '这句话是说明吗', ['liaison', '好的，没有记为说明', '9亿元']),
      say('liaison', '说明：概算调整，批文已下', [
        'liaison',
        `${READ_BACK}：{one}`,
        '说明：概算调整，批文已下',
      ]),
    ],
  },
  {
    about: 'a total below last month’s is explained by a button',
    duty: 'two months',
    steps: [
      say('liaison', '{one}累计1.2亿', ['liaison', `${READ_BACK}：{one}`, '1.2亿元']),
      say('liaison', '{one}累计1.1亿', ['liaison', '还差一句说明：{one}', '比上期的1.2亿元少']),
      press('liaison', '上期多报了', '还差一句说明', ['liaison', `${READ_BACK}：{one}`, '1.1亿元']),
    ],
  },
  {
    about: 'the same as last month, repeated and said, then corrected',
    duty: 'two months',
    steps: [
      say('liaison', '{one}累计1.2亿，形象进度30%', ['liaison', `${READ_BACK}：{one}`, '按逾期登记']),
      say('liaison', '{one}同上月', ['liaison', `${READ_BACK}：{one}`, '与上期相同', '1.2亿元', '30%']),
      say('liaison', '更正：{one}累计1.3亿', ['liaison', `${READ_BACK}：{one}`, '1.3亿元']),
    ],
  },
  {
    about: 'the right figure in place of an explanation',
    duty: 'monthly',
    steps: [
      say('liaison', '{two}累计19亿', ['liaison', '还差一句说明：{two}']),
      press('liaison', '数字有误，重报', '还差一句说明', ['liaison', '请重报：{two}']),
      say('liaison', '{two}累计1.1亿', ['liaison', `${READ_BACK}：{two}`, '1.1亿元']),
    ],
  },
  {
    about: 'an amount that could be several things is settled by a button, another one by a word',
    duty: 'monthly',
    steps: [
      say(
        'liaison',
        '{one}完成投资500万，形象进度30%',
        ['liaison', `${READ_BACK}：{one}`, '30%'],
        ['liaison', '请问是哪一个数：{one}', '500万元'],
      ),
      press('liaison', '累计完成投资', '请问是哪一个数', [
        'liaison',
        READ_BACK,
        '累计完成投资：500万元',
        '30%',
      ]),
      say('liaison', '{two}完成投资80万', ['liaison', '请问是哪一个数：{two}', '80万元']),
      say('liaison', '是本月的', ['liaison', `${READ_BACK}：{two}`, '本月完成投资：80万元']),
    ],
  },
  {
    about: 'all of several duties, chosen and taken back by buttons',
    duty: 'papers',
    steps: [
      say('liaison', '已报送', ['liaison', '请问报的是哪一项？', '1. ', '3. ']),
      press('liaison', '全部3项', '请问报的是哪一项', ['liaison', '已登记3项，请核对', '1. ', '3. ']),
      press('liaison', '全部撤回', '已登记3项', ['liaison', '已撤回：3项', '又在等您报送']),
      say('liaison', '台账和自查清单都报了', ['liaison', '已登记2项，请核对', '1. ', '2. ']),
    ],
  },
  {
    about: 'one of several duties, chosen by the button, another one by its number on the list',
    duty: 'papers',
    steps: [
      say('liaison', '办完了，材料已交', ['liaison', '请问报的是哪一项？', '办完了，材料已交']),
      press('liaison', '报送自查清单', '请问报的是哪一项', [
        'liaison',
        `${READ_BACK}：报送自查清单`,
        '办完了，材料已交',
      ]),
      say('liaison', '我的任务', ['liaison', '您有2项待办', '1. ', '2. ']),
      say('liaison', '2 已报送', ['liaison', `${READ_BACK}：建立资金管理台账`]),
    ],
  },
  {
    about: 'what is quoted says which duty is meant',
    duty: 'papers',
    steps: [
      say('liaison', '建立资金管理台账已经完成', ['liaison', `${READ_BACK}：建立资金管理台账`]),
      press('liaison', '撤回', READ_BACK, ['liaison', '已撤回：建立资金管理台账']),
      quote('liaison', '已撤回', '已报送，编号8', ['liaison', `${READ_BACK}：建立资金管理台账`, '编号8']),
    ],
  },
  {
    about: 'two projects in one message, then a correction that does not say of which',
    duty: 'monthly',
    steps: [
      say(
        'liaison',
        '{two}累计2100万；{one}累计500万',
        ['liaison', READ_BACK, '万元'],
        ['liaison', READ_BACK, '万元'],
      ),
      say('liaison', '更正：累计2300万', ['liaison', '请问报的是哪一项？', '更正：累计2300万']),
      press('liaison', '{one}', '请问报的是哪一项', ['liaison', `${READ_BACK}：{one}`, '2300万元']),
    ],
  },
  {
    about: 'two projects in one message, one of them in doubt',
    duty: 'monthly',
    steps: [
      say('liaison', '{two}完成投资80万，{one}形象进度64%', ['liaison'], ['liaison']),
      press('liaison', '本月完成投资', '请问是哪一个数：{two}', [
        'liaison',
        `${READ_BACK}：{two}`,
        '本月完成投资：80万元',
      ]),
      say('liaison', '更正：{one}形象进度46%', ['liaison', `${READ_BACK}：{one}`, '46%']),
    ],
  },
  {
    about: 'a plan’s own form: what is missing is asked with buttons, a breach of its check explained',
    duty: 'own form',
    steps: [
      say('liaison', '到位资金320万，用工45人，进度判断：还行', ['liaison', '还差几项', '用工：45人']),
      press('liaison', '滞后', '还差几项', ['liaison', READ_BACK, '进度判断：滞后']),
      say('liaison', '更正：已支付资金400万', ['liaison', '还差一句说明', '大于到位资金320万元']),
      say('liaison', '说明：含上年结转', ['liaison', READ_BACK, '说明：含上年结转']),
    ],
  },
  {
    about: 'a problem in plain words, and then what else its form needs',
    duty: 'problem',
    steps: [
      say('liaison', '3号桥墩征地还没完成，影响开工', ['liaison', '还差几项', '请填写问题类别']),
      say('liaison', '类别：推进缓慢未验收', ['liaison', '还差几项', '请填写需答复的部门']),
      say('liaison', '部门：县自然资源局', ['liaison', READ_BACK, '问题类别：推进缓慢未验收']),
    ],
  },
  {
    about: 'somebody answers for the post, whose holder is told and corrects it',
    duty: 'paper',
    delegated: true,
    steps: [
      say('clerk', '已报送，编号3', ['clerk', READ_BACK, '编号3'], ['liaison', '已代您报送', '编号3']),
      press('clerk', '核对无误', READ_BACK, ['clerk', '已核对']),
      say('liaison', '更正：已报送，编号4', ['liaison', READ_BACK, '编号4']),
    ],
  },
  {
    about: 'asked on one platform, answered on the other one',
    duty: 'monthly',
    elsewhere: true,
    steps: [
      say('liaison', '{one}累计9亿', ['liaison', '还差一句说明：{one}']),
      say('elsewhere', '说明：概算调整，批文已下', ['elsewhere', `${READ_BACK}：{one}`, '9亿元']),
      say('liaison', '更正：累计1亿', ['liaison', `${READ_BACK}：{one}`, '1亿元']),
    ],
  },
  {
    about: 'in the group, where noise is neither answered nor taken for an explanation',
    duty: 'monthly',
    group: true,
    steps: [
      inGroup('liaison', '{one}累计9亿', ['group', '还差一句说明：{one}']),
      inGroup('head', '下午两点开会，大家准时参加'),
      pressInGroup('liaison', '概算已调整', '还差一句说明', ['group', `${READ_BACK}：{one}`, '9亿元']),
    ],
  },
]
