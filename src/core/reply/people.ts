// Finds the person named in a message: 何丽, 小陈, 王经理, 李建工; units and offices before the name are left out.

const SURNAMES =
  '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房解应宗丁宣邓郁单杭洪包左石崔吉龚程邢裴陆荣翁段富焦侯车侍全仇甘祖武符刘景詹龙叶黎白赖卓蔺屠蒙池乔谭申冉肖闫佟隋谌阳甄兰蒲粟牟卿苟尚雍桑桂边温庄晏柴瞿阎连习向古易廖耿匡文寇欧利师巩聂辜简曾沙丰关相查游权岳帅涂覃'
const TITLE =
  '副?(?:总工程师|工程师|总监理|总监|经理|主任|局长|科长|书记|镇长|乡长|县长|区长|站长|所长|股长|部长|校长|院长|园长|队长|处长|组长|主席|会计|出纳|秘书|干事|专员|主管|老师|师傅|老板|总|工|监|姐|哥|科|局|院|处)'
const NOT_GIVEN = '已正没不病报填管来负对接联处在这那你我他是的了吧吗呢啊和跟与去就都先再要说问让找给回帮办'
// 李刚 is a name, 李刚换 is not yet.
const NO_NAME = `[${NOT_GIVEN}]|刚(?=[才好到从换来接去调出走开完])`
const UNIT = /^(?:我们?|咱们?|他们?|你们?)?(?:(?:那边|这边|一?下|单位|新来|新任)?的?)*/
const ENDS_UNIT =
  /(?:经理|负责人|工程师|老总|局|办公室|办|科室?|股|室|中心|公司|单位|施工方|甲方|乙方|业主方?|监理方?|部|院|所|站|镇|乡|委|队|方|政府|处|厂|会|那边|财务|段|场|司|村|校|馆|的)$/
// Given names of the region that stand alone or in pairs.
const GIVEN =
  '(?:扎西|卓玛|泽仁|格桑|多吉|尼玛|次仁|达瓦|罗布|央金|拉姆|仁青|洛绒|白玛|丹增|旺堆|四郎|降央|阿依|吉克|阿木)'
const NAME = new RegExp(
  `^(?:${GIVEN}{1,2}|[小老阿][${SURNAMES}][姐哥总工]?|[${SURNAMES}](?:(?!${TITLE}|的)[\\u4e00-\\u9fff]){0,2}${TITLE}|[${SURNAMES}](?!${NO_NAME})[\\u4e00-\\u9fff](?:(?!${NO_NAME})[\\u4e00-\\u9fff])?)`,
)
const TITLED = /(?:经理|主任|局长|科长|书记|镇长|乡长|站长|所长|股长|部长|校长|院长|队长|会计|总监|老师)$/
const LONGEST_UNIT = 14

/** A name at the head of a text, after at most one unit (招商局的何丽): where it stands. */
export function personAt(text: string): { name: string; end: number } | undefined {
  const from = UNIT.exec(text)?.[0].length ?? 0
  for (let at = from; at <= Math.min(text.length, from + LONGEST_UNIT); at++) {
    // A unit and its man stand in one breath.
    if (at > from && /[\s，,。；;：:]/.test(text[at - 1] ?? '')) return undefined
    const name = NAME.exec(text.slice(at, at + 8))?.[0]
    if (name === undefined || isUnitName(text, at, name)) continue
    // A bare name follows its unit at once; a title makes one plain anywhere (城投曾经理), but 施工方经理 has no name.
    const isStart =
      at === from || /^[小老]/.test(name) || ENDS_UNIT.test(text.slice(from, at)) || TITLED.test(name)
    if (!isStart || (name.startsWith('方') && /[工甲乙主三]$/.test(text.slice(0, at)))) continue
    return { name, end: at + name.length }
  }
  return undefined
}

// 水务局, 施工方: surnames begin units, too.
function isUnitName(text: string, at: number, name: string): boolean {
  const after = text.slice(at + name.length, at + name.length + 2)
  if (/^(?:施工|单位|项目|安全|全体)/.test(text.slice(at))) return true
  const isTitled = new RegExp(`${TITLE}$`).test(name) && !/[局科院处]$/.test(name)
  if (/^全[部都换面体新]/.test(text.slice(at))) return true
  if (
    /^(?:施工|监理|业主|设计|建设|单位|项目|安监|高速|财政|发改|交通|水务|水利|住建|自然|农业|文旅|教育|卫健|公司|方案|方面|时间|时候|明天|全部|全县|和你)/.test(
      text.slice(at, at + 4),
    ) &&
    !isTitled
  )
    return true
  if (!isTitled && /[局股科室站所办委镇乡村]$/.test(name) && name.length > 2) return true
  if (/^[管建]股/.test(name)) return true
  return !isTitled && /^(?:局|公司|单位|办|镇|乡|县|部门|中心|院)/.test(after)
}

const UNIT_ONLY =
  /^(?:我们?|你们?)?([\u4e00-\u9fff]{0,10}?(?:局|办公室|办|科|股|室|中心|公司|单位|施工方|总包|分包|(?:业主|监理)(?!公司|单位)|委|指挥部|政府|项目部))/

/** A unit at the head of a text. */
export const unitAt = (text: string): string | undefined =>
  UNIT_ONLY.exec(text.replace(/^代[建管]的/, ''))?.[1]
