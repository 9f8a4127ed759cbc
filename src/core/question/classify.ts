// What somebody asks us about his own duties, when the record can answer it (domain §5).

/**
 * `owed`: what is still open. `due`: until when. `last`: what was reported before. `why`: on what ground he is asked. `nagged`: why he is
 * asked again, though he has reported.
 */
export type Inquiry = 'owed' | 'due' | 'last' | 'why' | 'nagged'

/** A figure makes a sentence a report, whatever else it asks. */
const FIGURE = /[\d一二两三四五六七八九十百千]\s*(?:万|亿|元|[%％]|成)/

const WHEN = '什么时候|啥时候?|何时|几时|几号|几月几|哪一?天|什么时间|多久|几点|哪日'
const WHAT = '什么|哪些|哪几[项个]|啥|几[项个]|多少项'
const BEFORE = '上个?月|上一?期|上一?次|上回|前一?次|之前|以前'
const FIGURES =
  '(?:的|我|我们|这个?项目|数据?|数字|累计|完成|投资|形象|进度|情况|内容|报|填|交|登记|了|过|是|都|到底|一共)*'
const HOW_MUCH = '(?:多少|什么|几|啥|怎么)'
const WHY = '为什么|为啥|为何|凭什么|凭啥|干嘛|干吗|怎么'

/** In this order: 为什么还让我报什么 asks for the ground. */
const PATTERNS: readonly (readonly [Inquiry, RegExp])[] = [
  [
    'why',
    new RegExp(
      `(?:${WHY}).{0,6}(?:问|找|催|让|叫|要|提醒|通知|发给|发|轮到|是)我|(?:依据|根据)(?:是|的是)?(?:什么|哪)|(?:什么|啥)依据|凭(?:什么|啥)(?:要)?[报填交]`,
    ),
  ],
  [
    'nagged',
    /催(?:啥|什么|个|命)|(?:天天|老是?|又|还|一直|总是?|整天|成天)(?:在|来|给我|跟我)*(?:催|问|提醒|发消息)(?!办|促|题|缴|收|款)|烦(?:不烦|死|得很|人)|有完没完|没完没了|说[了过].{0,4}[报交填](?:过|了)|[报交填](?:过|了|完)没(?:有|得)?$|([报交填]了).{0,2}\1|不是.{0,4}(?:[报交填]|送过?去)(?:过|了|送|完)|(?:[报交填](?:过|了|送|完)|已[报交填]).{0,3}(?:还|又|咋|怎么|为啥|为什么|干嘛).{0,4}(?:催|问|提醒|发|要|找|让|报)/,
  ],
  ['last', new RegExp(`(?:${BEFORE})${FIGURES}${HOW_MUCH}`)],
  [
    'due',
    new RegExp(
      `(?:${WHEN}).{0,6}(?:截止|到期|交|报|填|前|期限|要)|(?:截止|到期|期限|最迟|最晚|限期)(?:日期|时间|日|是|到|在|要|得|报|交)*(?:${WHEN}|$)|还[有剩](?:多久|几天|多少天|多长时间)`,
    ),
  ],
  [
    'owed',
    new RegExp(
      `(?:差|欠|缺|剩)(?:下|了)?(?:${WHAT})|(?:还有|有)(?:${WHAT})(?:任务|事|材料|报告|报表|项目|没|未|要|待办|需要)|(?:${WHAT})(?:任务|项目|材料|报告)?还?(?:没有?|未)(?:报|交|办|填|完成)|(?:要|该|得|需要|应该)(?:报|交|填|办)(?:${WHAT})|(?:任务|待办)有?(?:${WHAT})`,
    ),
  ],
]

/** Undefined for anything else: reports, chatter, and questions that the record can't answer. */
export function classifyQuestion(text: string): Inquiry | undefined {
  const plain = text
    .normalize('NFKC')
    .replace(/[\s,，。.!！~～]/g, '')
    .replace(/[?？啊呀呢吗嘛哦喔]+$/, '')
  if (FIGURE.test(plain)) return undefined
  return PATTERNS.find(([, pattern]) => pattern.test(plain))?.[0]
}
