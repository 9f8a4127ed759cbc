// Recognises 同上月: words that say that nothing is different.
import { CNT, DAY, JOB } from './tokens.ts'
import { nextWord, oneOf, runEnd } from './words.ts'

// Who or what is unchanged, and when: 这三个项目本月的数据还是都.
const LEAD = oneOf(
  `这边|这块|那边|这个?月|这|那|以上|没啥|数字|我们?|咱们?|这边|这块|项目|工程|本[月期]|仨个?|所有|各个|每个|目前|现在|暂时?|还是|还|是|全|均|都|也|一直|基本|` +
    `部|数据?|情况|进展|进度|投资|的|各项?|一切|嗯+|原来|那个样子|这俩|俩|原地|其[他它余]|别的|整体|总体|上个?月|上次|报的|${DAY}+|${JOB}+|${CNT}+个?|三个|两个|` +
    `另外|相比|(?:和|跟|与|同|较|比|相较于?|对比)(?:上个?月|上[次期]|之前|${DAY}+)(?:相?比)?|比|没有?什么?|不用(?:更新|改|填|报)|[，,: ]`,
)
// What it is compared with: 上个月报的, 9月份的数据.
const LAST = `(?:上个?月|上[次期回]|前[头面]|之前|以前|前期|原来|${DAY}+)(?:份|那份)?(?:报|填)?(?:的|那个|那些|情况|数据?|数字|进度|口径)*`
const STILL = '(?:没[有得]?|无|未)(?:什么|啥|任何)?(?:变化|变动|区别|差别|变)'
const ALIKE = `(?:(?:一|${CNT})个样|一模一样|一样|相同|一致|持平|差不多|不变|保持(?:一致|不变)|报|填|抄|写|录|登|来|${STILL})`
const NONE = '(?:新增|发生|产生|出现|啥子|撒子|什么|啥|任何|大的?|多大|太大|新的?|明显的?|实质性的?|有)*'
const NEWS = '(?:变化|变动|进展|动静|更新|新增|动作|起色|区别|差别|不同)'
const SAME = new RegExp(
  `^(?:同(?:上(?:个?月|次|期)?|${DAY}+)|(?:跟|和|与|同)${LAST}${ALIKE}|(?:按照?|照着?|照抄|沿用|延用|参照|比照|维持)${LAST}${ALIKE}?|` +
    `(?:没(?:有|得)?|无|零|未|暂无|均无|并无)${NONE}${NEWS}|(?:啥|什么)[都也]没(?:有)?(?:动|变)|没(?:有)?(?:动|变)(?!工)|没(?:有|得)?(?:什么|啥)?(?:可|要|好|能)(?:报|填|说|改|更新)的?|照旧|照常|原封不动|不变|老样子|那样|原样|原地踏步|` +
    `维持(?:原数据?|原状|现状|不变)|保持(?:不变|原样|原状|一致)|一样|依旧|(?:上个?月|之前|以前)(?:[咋啥]样|怎样)(?:这个?月|本月|现在)?还(?:是)?(?:[咋啥]样|怎样))`,
)
const TAIL = oneOf(
  '了|的|哈|领导|谢谢|吧|呢|啊|数据|报|填|抄|写|登|来|一致|相同|情况|进展|一样|不变|照旧|老样子|没变化|没变|就行|就好|就是|即可|可以|没动|，|,|\\s|~',
)

// Nobody needs more words to say that nothing happened.
const LONGEST = 60

/** True when a piece of text says nothing but "unchanged". `text` is marked. */
export function isNoChange(text: string): boolean {
  const words = text.trim()
  if (words.length > LONGEST) return false
  for (let from: number | undefined = 0; from !== undefined; from = nextWord(LEAD, words, from)) {
    const found = SAME.exec(words.slice(from))
    if (found && runEnd(TAIL, words, from + found[0].length) === words.length) return true
  }
  return false
}
