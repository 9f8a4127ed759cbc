// Sorts what is left of a message into problems, measures, requests, demolition and physical progress.
import type { ListKey, TextKey } from './types.ts'

export type TextKind = ListKey | TextKey

const LABELS: readonly [TextKind, RegExp][] = [
  [
    'helpNeeded',
    /^(?:目前|还|另外)?(?:(?:需要?|请求|请)(?:县(?:里|上|级)?|上级|领导|政府)?(?:协调|帮助|支持|解决)(?:解决)?(?:的)?(?:(?:事项|问题|困难)|(?=[:是]))|协调事项|需要?协调(?=[:是])|求助)(?:[:是]|就是|有| )*/,
  ],
  [
    'measures',
    /^(?:下一?步|下阶段|下一阶段|下月|下个月|接下来)(?:的)?(?:打算|工作(?:计划|安排|打算)?|计划|措施|安排|重点)?(?:就)?(?:[:是]|将| )+|^(?:下一?步|下阶段|下一阶段|接下来)(?:的)?(?:打算|工作(?:计划|安排|打算)?|计划|措施|安排)?|^(?:解决|整改|推进|工作|应对)?(?:措施|打算)(?:[:是]| )+/,
  ],
  [
    'problems',
    /^(?:但是?|不过|另外|现在|目前|当前|主要|还|就)*(?:存在(?:的)?(?:主要|突出|一些|个)?(?:问题|困难)|(?:主要|突出|现在|目前)?的?(?:问题|困难|难点|难题|堵点)(?:和困难|及困难|与困难|和问题)?(?=[:是就在有无没 ]|主要|$)|存在(?=[:]))(?:就是|是|在于|主要(?:是|有)?|就|有(?!没)|[: ])*/,
  ],
  [
    'demolition',
    /^(?:征地(?:拆迁)?|拆迁|征拆|征迁|房屋征收|土地征收|土地房屋征收)(?:情况|进展|工作|方面)?(?:[:]|方面)/,
  ],
  [
    'physicalProgress',
    /^(?:形象进度|工程进度|工程进展|项目进展|进展情况|进度情况|完成情况|目前进展|工作进展|主要进展|建设进展|施工进度|现场进度|前期工作|前期|备注|进展|进度)(?:情况)?[: ]+|^(?:目前|现在)?(?:形象进度|工程进度)(?:到|是|为)?/,
  ],
]

const NONE =
  /^(?:无|没有|没|暂无|没得|暂时没有|目前没有|无事项|均无|都没有|没什么|没啥|0|\/|-)(?:了|哈|呢|的)?$/
const NO_PROBLEM =
  /(?:没有?|无|不存在|暂无|没得|未遇到|没遇到)(?:什么|啥子?|撒子?|任何|大的|大|特别的?|其他|存在)*(?:问题|困难|难处|难题|阻碍)|(?:问题|困难)(?:就)?(?:没有|暂无|没得|无)/
const NO_HELP =
  /(?:不用|无需|不需要?|没有?(?:什么|啥)?(?:需要?|要)?|无|暂无)(?:县(?:里|上)|领导|上级|你们)?(?:需要?|要)?(?:协调|帮忙|帮助|支持)(?:的|事项|解决)*/

const HELP =
  /(?:请求|恳请|请|希望|盼望?|望|建议|麻烦|求|需要?|想请).{0,24}(?:协调|支持|帮忙|帮助|帮|解决|督促|出面|倾斜|推动|尽快|加快|做.{0,2}工作|打.{0,3}招呼|追加|对接|派人|派员|来人|指导)|请[^，。]{0,6}(?:局|县|州|市|政府|部门|镇|乡|办|委|上级|电力|公司)(?![^，。]{0,8}(?:放心|查收|审|知悉|批评|指示|对接|联系|负责|报))|(?:需要?|要)(?:县|上级|领导|政府|局).{0,16}/
const NOT_HELP = /^(?:请(?:查收|审核|知悉|放心|领导放心|看|确认|核实|复查|指示|批评)|麻烦(?:查收|看|您))/
const DEMOLITION =
  /房屋拆除|拆房|搬迁安置|搬迁(?:协议|完)|征地|拆迁|征拆|征迁|迁坟|坟|[没已未]征|征(?:下来|完|了|到)|[老旧]房.{0,4}拆|征收|土地流转|青苗|附着物|[签拆搬腾].{0,6}户|户.{0,6}[签拆搬腾]|签约|腾退|红线内/
// Past, though a day is named: 国庆后复工的.
const PAST = /[的了]$/
const PLANNED_DAY =
  /\uE003{1,16}(?:之?前|左右|就|再|才能?|能|可以|可|将|要|准备|计划|争取|开始)*(?:完成|复工|进场|浇筑|开始|安装|启动|吊装|封顶|动工|招标|验收|并网|试运行|调试)/
const PLAN =
  /^(?:我们?|\uE003|现在|目前|后面|已经?|项目部)*(?:下一?步|下周|下月|下个月|明天|后天|接下来|计划|打算|准备|拟|将(?!近)|争取|力争|马上要|要求)|(?:正在?|在|已经?|正)(?:积极|重新|抓紧|全力|加紧)*(?:找(?!平)|请|联系|对接|催|沟通|想办法|谈|跑|协商|协调|申请|督促|约谈|打报告|寻找|调(?:配|集|运))|已(?:经)?(?:打报告|上报|报告|发函|去函|督促|要求)|抓紧|加快|抢(?:工期|进度|抓)|倒排|赶(?:工|进度)|增加(?:人手|人员|设备|机械)|加派|正在?重新|正在?[^，。]{0,6}(?:调人|调机|找人|协调|联系|沟通)/
// Works that are still to come tell how far it has got; what others have not done (没批, 没拨) hinders it.
const NOT_YET =
  /(?:还|仍|尚)?(?:没有?|未)(?:开始|全部|完全)*(?:做|装|铺|砌|浇|挖|打|建|修|开始|完成|完工|竣工|完|干|施工|封顶|贯通|安装|粉刷|拆模|搭|吊)(?:完|好|成|上|起来)?/g
const PROBLEM =
  /没到位|未到位|不到位|没落实|未落实|没着落|没下来|没批|未批|没办|未办|没解决|未解决|没出来|没给|没定|没迁|未迁|没交|没来|[没未](?:接|办|审|谈|拿|收|搞|疏)(?:通|完|拢|妥|成|到|下来)|压力|意愿|[\u4e00-\u9fff](?<![要差了])不(?:下来?|动|到位|成|起来?|完|好|上|出来?|开|拢)|流标|废标|不(?:强|及时|稳|畅|顺|高|愿|出[水油气]|达标|合格|给|批|签|搬|通)|(?:图纸|设计|方案|规划|线路)[^，。]{0,4}(?:改了|变了|变更|调整)|没钱|没人|没图|没有(?:人|钱|资金|材料|图纸)|卡在|卡住|卡壳|缺|不足|不够|紧张|短缺|影响|制约|难|慢|滞后|晚[了到交]|被[^，。]{1,8}(?:停|封|罚|扣|查|拦|否|退)|叫停|要价|不敢|嫌|天旱|干旱|欠|拖|跟不上|涨|阻|不让|不同意|不配合|不肯|纠纷|扯皮|堵|断|停[水电]|雨水多|下雨|降雨|洪水|山洪|暴雨|塌|滑坡|无法|不能|没法|不了|进不[了去来]|关停|被关|跑了|太[窄高低大多小少深硬贵]|超(?:概|支|预算)|变更.{0,4}(?:没|未)|不好|不行|麻烦|风险|矛盾|上访|投诉|索赔|等着?(?:批|图纸|资金|材料)|迟迟|一直[没不]|还没(?!开工|动工|有?验收)|尚未|闹|大雪|封路|限[电产]|故障|坏了|水位|冻|老旧|冲突|不符|不一致|受/
const WORKS =
  /完成|施工(?![方队]|单位|企业)|浇|砌|铺|挖|回填|填[筑方]|打[桩完孔]|桩|封顶|安装|吊装|装[完好修了]|装修|装饰|粉刷|抹灰|主体|基础|路基|路面|管网|设备|桥|墙|梁|柱|[底顶楼墙面]板|钢筋|模板|混凝土|砼|灌浆|衬砌|渠|护[坡岸栏]|清淤|平整|硬化|绿化|土建|土方|开挖|回填|支护|基坑|隧道|掘进|贯通|支架|组件|风机|塔筒|电缆|调试|并网|层|公里|米|栋|座|进场|到货|队伍|结束|在[做建挖打铺砌搞装]|正在(?!统计|核|汇总|整理|填|算|收集|写|弄|找|准备)|搞完|做完|干到|做到|修到|铺到|打完|建完|弄好|立项|可研|初设|设计|图纸|施工图|审查|评审|招标|挂网|开标|中标|合同|手续|批复|审批|环评|用地|许可|报建|勘察|测量|选址|备案|财评|预算|清表|放线|围挡|三通一平|通电|通水|外立面|屋面|门窗|水电|消防|电梯|配套|道路|拌合站|备料|试运行|试验|机组|码头|泊位|防水|保温|地砖|吊顶|幕墙|脚手架|拆模|机房|接口|服务器|调通|联调|上线|部署|收尾|软件|编制|喷播|草籽|播种|育苗|客土|腻子|吊篮|管廊|养护|标线|灯/
// Work on the report itself, not on the project.
const REPORTING =
  /^(?:我们?|这边|正在|抓紧|马上|尽快|再|就|去|在)*(?:统计|填报|上报|核[实对数]|汇总|对账|催|报上)/
// What is done or going on, whatever the thing is: 栽完了, 拉了3公里, 调试中.
const AT_WORK =
  /完成|结束|封顶|贯通|合龙|进场|到货|到场|拆除|[\u4e00-\u9fff](?:完|好|齐|毕|通)(?:了|$|毕)|[\u4e00-\u9fff]了\uE004|完\uE004|到\uE004|了?一半|正在|在[做建挖打铺砌搞装修浇吊调赶贴抹刷焊埋拼架运钻灌搭刮绑拆清栽种]|[\u4e00-\u9fff]中$|开始|启动|还?剩\uE004|[\u4e00-\u9fff]{2}\uE004{1,12}(?:亩|米|公里|[栋座口株台套户方吨层处]|立方|平)/
const TALK =
  /^(?:具体|这个)?还?没定$|还没(?:算|核|统计|对)|^(?:我们?|这边|正在|抓紧|马上|尽快|再|就|去|在)*(?:统计|填|报(?!建|批|规)|核|汇总|整理|对账|催|问)|^转.{0,10}(?:的|说|发来)[:]?$|^.{0,8}(?:说|讲|回复?|(?:发|转|传|报)(?:过)?来|提供)的?[:]?$|^转(?:给)?您[:]?$|^(?:正在(?:统计|核|汇总|整理|填|算|收集)|领导|各位|大家|您好|你好|早上好|下午好|谢谢|辛苦|收到|好的|嗯|汇报|报告|报一?下|如下|以上|请(?:查收|审核|知悉|放心)|具体|详细|照片|图片|附件|数据|财务|统计|这个数|那个数|明天|稍后|等下|一会|回头|顺便|麻烦|不好意思|抱歉|祝)|照片|图片|附件|表格|电脑|手机|系统|网络|打印机|信号|出差|开会|请假|堵车|在路上|[报交]不了|发(?:群|你|您|过去|邮箱)|口径|没?核(?:完|对|实)|算出来|[^，,]{0,4}(?:顺利|正常(?:推进|进行)?|良好|可控|平稳)(?:[，,。]|$)|愁|哈哈|唉|累/

// 合同放您桌上了: what somebody is told about himself is no works.
const ADDRESSED = /[你您](?!好)/
// 还没完工 without a thing: the stage knows better.
const OWN_STATE =
  /^(?:项目|工程|还|都|均|目前|现在|仍|尚)*(?:没有?|未)(?:完工|竣工|完成|建成|完|结束)(?:呢|的)?$|^(?:计划|合同|总|施工)*工期(?:为|是|[: ])*[\uE003\uE004]+$/

/** Cuts a label off the head of a text; undefined when none stands there. */
export function readLabel(text: string): { kind: TextKind; length: number } | undefined {
  for (const [kind, words] of LABELS) {
    const found = words.exec(text)
    if (found && found[0].length > 0) return { kind, length: found[0].length }
  }
  return undefined
}

/** 请领导放心, 请查收: addressed to the reader, whatever list it stands in. */
export const isAside = (text: string): boolean => NOT_HELP.test(text)
/** 无, 没有, /: nothing under a label. */
export const isNone = (text: string): boolean => NONE.test(text)
/** 没什么问题: problems are explicitly none. */
export const saysNoProblem = (text: string): boolean =>
  NO_PROBLEM.test(text) &&
  !/(?:完工|完成|竣工|交付|通车|[干做搞弄]完|复工|到位)(?:应该|肯定|绝对|是)?没(?:有|啥|什么)?问题|(?:没有?|未|无法)(?:解决|处理|协调)/.test(
    text,
  )
/** 不用协调: help is explicitly not needed. */
export const saysNoHelp = (text: string): boolean => NO_HELP.test(text)

/** The kind of an unlabelled text; undefined for talk that is nobody's record. `text` is marked. */
export function kindOf(text: string, isReport = true): TextKind | undefined {
  if (REPORTING.test(text) || OWN_STATE.test(text)) return undefined
  if (NOT_HELP.test(text) || /^还?没.?$/.test(text.trim())) return undefined
  if (HELP.test(text)) return 'helpNeeded'
  const isBlocked = /不同意|阻工|不[让肯愿]|不答应|嫌|要价|纠纷|闹|上访|堵[路门工]|拦/.test(text)
  if (DEMOLITION.test(text) && !isBlocked) return 'demolition'
  if (PLAN.test(text) || (PLANNED_DAY.test(text) && !PAST.test(text.trim()))) return 'measures'
  if (PROBLEM.test(text.replace(NOT_YET, '')) && !/问题不大/.test(text))
    return TALK.test(text) && !WORKS.test(text) ? undefined : 'problems'
  if ((TALK.test(text) && !/正在|完成/.test(text)) || ADDRESSED.test(text)) return undefined
  return WORKS.test(text) || (isReport && AT_WORK.test(text) && text.length > 4)
    ? 'physicalProgress'
    : undefined
}

/** True for words that could go on with whatever was said before them. */
export const isNeutral = (text: string): boolean =>
  !TALK.test(text) && !REPORTING.test(text) && !AT_WORK.test(text)
