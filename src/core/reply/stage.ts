// Finds the stage of the whole project in its own words; a part that is finished or waits says nothing about it.
import { DAY, JOB } from './tokens.ts'
import type { Stage } from './types.ts'

const NOT = '(?:还|仍|尚|暂|目前|一直|暂时)*(?:没有?|未|未能|没能|不能|没法)(?:能|正式|实质性?)?'
const SOON = `(?:准备|即将|马上|就要|近期|快要?|打算|计划|预计|拟|将(?:于|要)?|争取|${DAY}{1,16}(?:就|可以|能|要|将|正式|准备|之?前)*|具备)`

// First match wins; order keeps 没开工 before 开工了 and 完工待验收 before 验收.
const STAGES: readonly [Stage, RegExp][] = [
  [
    'accepted',
    /(?:竣工|完工)?(?:已经?|全部)?(?:通过(?:了)?(?:竣工|完工|综合|最终)?验收(?!材料|资料)|验收(?:\uE003{1,16})?(?:已经?)?(?:通过|合格|完毕|完成|完了)|(?<!没|未|还没|尚未)已经?(?:竣工|完工)?验收(?!准备|材料|资料)|(?:竣工|完工)验收(?:已|了)(?:通过)?)/,
  ],
  [
    'completed',
    /(?:(?:已经?|全部)*(?:完工|竣工|建成)[了，, ]*)?(?:待|等|等着|等待|就差|差|还没有?|没有?|尚未|未)(?:组织|竣工|完工)*验收/,
  ],
  [
    'not-started',
    new RegExp(
      `${NOT}(?:开工|动工|开建|开始(?:建设|施工|动工)|启动(?:建设|施工)?|进场施工|进场)(?!资料|手续)`,
    ),
  ],
  [
    'suspended',
    /(?<!没有?|未|不|防止|避免)(?:停[的了]?工(?!地|了[\uE003\uE004]|整改)|停建|暂停(?!(?:施工|建设)?了?[\uE003\uE004])(?:施工|建设)?|停着|(?<=^|项目|工程|工地|都|已经?|全|就|又|\uE000)停了(?!电|水)|停摆|停下来|停滞|歇工)(?!令|通知)/,
  ],
  [
    'about-to-start',
    new RegExp(
      `${SOON}(?:正式|全面|能|可以?|进场|组织|要|就)*(?:开工|动工|破土|开建)(?!建设的|资料)|具备开工条件`,
    ),
  ],
  [
    'under-construction',
    /(?:已经?|恢复|正式|刚|上周|昨天|今天|前天|全面|全部)+(?:复工|开工|动工|施工)|(?:复工|开工)\uE003{1,16}了|(?:复工|开工|动工|开建)(?:了|建设(?:了|中)?)|施工中|在建|正在(?:施工|建设)(?!图)|建设中|处于施工(?:阶段|期)?|(?<=^|[都均全还仍])在施工(?=$|[，,])|有序施工|正常施工|恢复施工|(?:现在|目前|已经?|又|都)+恢复(?=了|正常|$)|继续施工|正在(?:抓紧|加紧|有序|全力|紧张|加快|正常|组织|的)*施工$/,
  ],
  [
    'completed',
    /(?:(?:已经?|全部|全面|顺利|都|均)*(?:完工|竣工|建成)(?!验收|时间|日期|前|后|率|资料|结算|决算|图|[也还仍又都怕就]?(?:要|得|需|会|会要|将|早|远|没|未|估计|可能|恐怕|预计|计划|推|往后|拖|延|顺延|遥遥|无望|待定|再|等(?!着?待?验收)|到(?!位)|只能|定在|定于|目标|节点|差)|没有?问题|不成问题|有(?:困难|难度|把握|希望|可能))|(?:全部|都|均)(?:干完|做完|建完))(?:了|并|$)?/,
  ],
]

// Words about the whole that may stand beside the stage; anything else beside 完工 names a part.
const WHOLE = new RegExp(
  `其实|实际上?|只|才|上周|[省州县市局]里|综合|最终|专家组?|质监站|[那这]?[条座栋所边]|项目|工程|整个|整体|全部|全面|主要|本月|这个?月|今年|本|该|这个|我们|咱们?|这边|那边|工地|现场|目前|现在|现|已经|已|都|均|也|了|还|仍|就|的|是|处于|状态|阶段|属于|上周[一二三四五六日天]?|上个?月|月初|前天|昨天|今天|前几天|正常|顺利|继续|一直|暂时|全线|(?:进?入|因|到了?)?(?:冬[歇休]期?|主?汛期|[冬汛雨][季期]?)(?:以?后|期间)?|冬天|[冬春][休歇]|到|有|在|刚|刚刚|提前|按期|如期|以|于|从|自|起|应该|应|实际|不是|${JOB}{1,40}|${DAY}{1,16}|\uE004{1,12}个?|两个|三个|[:：，,. ]`,
  'g',
)
const REASON =
  /因|由于|受|雨|雪|天气|冬|冻|霜|汛|冷|缺|没钱|资金|疫|检查|要求|春节|过年|环保|影响|问题|纠纷|阻|高考|封/
const PART =
  /主体|结构|标段|部分|一半|大半|半|管网|路面|路基|桥|墙|楼|栋|号|基础|装修|室外|附属|支线|隧道|段|片区|绿化|设备|外立面|基坑|土建|安装|钢结构|渠|护岸|护坡|水池|二期|一期|塔吊|挖机|个点/
const PLAN_BEFORE =
  /(?:预计|计划|力争|争取|确保|才能|能|可以|可|将|要|会|即将|快|马上|待|等|没|未|不能|如果|要是|前|后|离|距)$/

/** A stage and where its words stand; 'unclear' when two stages are said of the same project. */
export type StageFound = { stage: Stage; start: number; end: number }

// 完工，剩绿化: but for the acceptance nothing may be left.
const NOT_ALL =
  /^[\u4e00-\u9fff]*(?:部分|一半)|^[，, ]?(?:现在|目前)?(?:就|只|还|仅)*[剩余](?!等?验收|[^，。]{0,2}资料)/

function isOfPart(stage: Stage, before: string, after: string): boolean {
  const rest = before.replace(WHOLE, '')
  if (rest === '') return stage === 'completed' && (/主要/.test(before) || NOT_ALL.test(after))
  if (stage === 'completed') return !/[因了完]$/.test(rest) || PART.test(rest)
  if (stage === 'suspended')
    return PART.test(rest) ? !REASON.test(rest) : !REASON.test(rest) && !/[了被致以闹堵]$/.test(rest)
  return PART.test(rest) || (stage === 'accepted' && !/[了]$/.test(rest))
}

/** The stage that a stretch of marked text states, if any. */
export function readStage(marked: string, start: number, end: number): StageFound | undefined {
  const text = marked.slice(start, end)
  for (const [stage, words] of STAGES) {
    const found = words.exec(text)
    if (!found) continue
    const before = text.slice(0, found.index)
    const after = text.slice(found.index + found[0].length)
    if (stage === 'completed' && /(?:完工|竣工|建成)/.test(found[0]) && PLAN_BEFORE.test(before.trim()))
      return undefined
    // 停了俩月昨天复工了: the later one holds.
    if (stage === 'suspended' && /复工|恢复施工/.test(after)) continue
    if (isOfPart(stage, before, after)) {
      if (/完工|竣工|建成/.test(found[0])) return undefined
      continue
    }
    return { stage, start: start + found.index, end: start + found.index + found[0].length }
  }
  return undefined
}
