// Tells which parts of a message are statements: not questions, suppositions, hearsay, news or talk to others.
import type { Clause } from './clause.ts'
import type { Doc } from './document.ts'

const ASKS =
  /吗|(?<!什|怎|多|那|这|要)么$|(?<!不)(?!不)([\u4e00-\u9fff])不\1|帮(?<!请[^，。]{1,8}帮)(?:我|忙)?(?:查|看|核)|给我(?:看|查)|查一下(?<!检查一下)|是.{1,8}还是|(?:那|的|我)呢$|怎么|咋|如何|什么(?:时候|程度|标准|要求|格式|意思|时间|算)|啥时候|几时|何时|多会儿?|几号|哪[天个里些儿项几一年月种块边]|哪$|多少|多久|几张|是不是|要不要|行不行|行不|可不可以|能不能|能否|可否|是否|有没有|(?<!不)对不对|对不$|好不好|合适不|成不成|中不中|(?:填|报|写|算|发|按).{1,8}还是|[\u4e00-\u9fff]不(?<![要并也又还很就都不哦噢啊额呃唉哎]不)(?=$|[，,?])|还是.{0,6}(?:填|报|发|算|总的|累计|邮箱|月底)|为什么|为啥|干嘛|什么意思|谁|啥$|包不包|需不需|用不用|该不该|报没报|[\u4e00-\u9fff]了没有?(?=$|[，,?])|收到没|算不算|请问/
const NOT_ASKED =
  /(?:没|不用|无需|不需要?|不要)[^，。]{0,4}啥$|多少(?:还|都|没|不)[^，。]|[没不]怎么|不知道|不清楚|不晓得|没说|说不准|不好说|不管|[咋啥]样.{0,4}还(?:是)?[咋啥]样/
const SUPPOSED =
  /(?<!主)要是|如果|假如|假设|若是|(?<![\d十百千])万一|按.{0,12}(?:报|算|填).{0,6}(?:行不|行吗|可以|对不|对吗|成不|合适)/
// A tail that asks about all that stands before it in the sentence.
const TAG =
  /^(?:这样|这么|那|就)?(?:报|填|算|写)?(?:的话)?(?:行|可以|对|好|成|合适|没问题|ok|能|中)(?:不行|吗|不对|不|么|不可以|不好|否)?/
const OWN_TOPIC =
  /栏|格|必须|要不要|什么时候|几号|哪|怎么|咋|照片|表|盖章|是不是|谁|为什么|截止|多久|上传|附件|系统|通知|计划|验收|宽限|延期|推迟|缓|[再补]报|再补|吗$/

const HEARSAY =
  /听.{0,6}[说讲]|据说|不是说[^，。]{2,}[嘛吗么]|对面[^，。]{0,4}(?:那|的)|[咱我]们[州市省]|(?<![系找从跟向])(?:隔壁|邻县)(?!的?[^，。]{0,6}(?:谈|联系|协调|签|借|调|商量|阻|拉|运|买|请))|[\u4e00-\u9fff]他们(?:的?进度|才|都|已|就|报|投)|(?:人家|他们)(?:那|[^，。]{0,8}(?:[县乡镇村局]|项目|单位|公司|那[边个]|工地|累计|本月))|别人|别的县|兄弟县|你们?那(?:边|个)?|你那|他那|老[\u4e00-\u9fa5](?:你|他)?那/
// 听水务上讲⏎下游那个闸…: what was heard may stand on the next line.
const TELLS = /(?:[说讲]|[嘛吗])$/
const PASSED_ON = /转发|日报|【.{2,30}】/
const NEWS =
  /新闻|报道|快讯|据悉|全[市省州县国区]|我[市省州]|我县(?=[今本]年|去年|上半年|前|共|已|累计|建成|完成)|固定资产投资[^，。]{0,8}(?:增长|同比|增速)|GDP|前三季度|[上下]半年.{0,8}完成/
// A place bigger than any project at the very head: 转：我市今年建成….
const NEWS_FIRST =
  /^\s*(?:转发?[:]?)?\s*(?:我|全)[市省州县](?:[今本]年|去年|上半年|前|共|已|累计|建成|完成|\d)(?!.*(?:本月|这个月|形象进度))/
const ADS =
  /加微信|微信同号|二手|[几七八九]成新|私聊|可议价|价格可谈|可谈，|转手|优惠|促销|扫码|招聘|急招|出租|代办|代开|特价|转让|办证|放款|低息|开业|大甩卖|包邮|要[^，。]{1,6}的(?:抓紧|联系|私|找我|报名|滴滴)|团购|兼职|点击链接/

// 大家绕行, 各单位注意: said to the group; 大家好 only greets it.
const TO_YOU = /你们(?:几个|各)?(?:单位|项目|家)?(?:也|都|要|得|就|可以|可)*(?:学|加油|跟上|看看人家)/
const TO_ALL =
  /新?进群的|群(?:昵称|名片|备注)|(?:大家|各位|各(?:单位|乡镇|项目|部门|科室))(?![好:：，, ]|领导|老师)|请各(?:单位|乡镇|项目|部门|位)/

/** What a message is, apart from its values. */
export type Voice = { questions: ReadonlySet<number>; silenced: ReadonlySet<number>; isForeign: boolean }

function asks(doc: Doc, clause: Clause): boolean {
  const text = doc.norm.slice(clause.start, clause.end)
  const mark = /^[\s]*[?]/.test(doc.norm.slice(clause.end, clause.end + 3))
  if (mark) return true
  return ASKS.test(text) && !NOT_ASKED.test(text)
}

const hasFigure = (doc: Doc, { start, end }: Clause): boolean =>
  doc.tokens.some(
    (token) => token.start >= start && token.end <= end && token.kind !== 'count' && token.kind !== 'date',
  )

/** Which clauses a question takes with it: those before it in the sentence, unless it has a matter of its own. */
function silencedBy(doc: Doc, index: number): number[] {
  const clause = doc.clauses[index]
  if (!clause) return []
  const text = doc.norm.slice(clause.start, clause.end)
  const isOwn = OWN_TOPIC.test(text) && !hasFigure(doc, clause) && !(TAG.test(text) && text.length < 8)
  const out = [index]
  for (let i = index - 1; !isOwn && i >= 0; i--) {
    const before = doc.clauses[i]
    if (!before || before.sentence !== clause.sentence) break
    out.push(i)
  }
  return out
}

function isForeign(doc: Doc): boolean {
  const { norm } = doc
  if (ADS.test(norm) || TO_YOU.test(norm)) return true
  if (NEWS.test(norm) && (doc.mentioned.length === 0 || NEWS_FIRST.test(norm))) return true
  if (PASSED_ON.test(norm) && doc.mentioned.length === 0 && !/本月|这个月|当月|累计|形象进度/.test(norm))
    return true
  if (TO_ALL.test(norm) && doc.figures === 0 && doc.mentioned.length === 0) return true
  // Talk to everybody, or to somebody else about his own matters.
  if (doc.mentions.some(({ name }) => /全体|所有人|^all$/i.test(name)) && doc.figures === 0) return true
  if (doc.mentions.length > 0 && /你们/.test(norm)) return true
  const isReport = /本月|这个?月|累计|完成|进度|到位|支付|投资|整改|[没无]/.test(norm)
  if (doc.mentions.length > 0 && doc.figures > 0 && !isReport) return true
  return (
    doc.mentions.length > 0 &&
    /你|您|请(?!.*(?:协调|支持))|会议?/.test(norm) &&
    !/本月|累计|完成投资/.test(norm)
  )
}

/** Judges every clause; `questions` and `silenced` hold clause indexes. */
export function listen(doc: Doc): Voice {
  const questions = new Set<number>()
  const silenced = new Set<number>()
  doc.clauses.forEach((clause, index) => {
    const text = doc.norm.slice(clause.start, clause.end)
    if (asks(doc, clause)) {
      questions.add(index)
      for (const i of silencedBy(doc, index)) silenced.add(i)
    }
    const isHearsay = HEARSAY.test(text)
    if (SUPPOSED.test(text) || isHearsay) {
      // What stands before hearsay is the speaker's own; a supposition takes the whole sentence.
      doc.clauses.forEach((other, i) => {
        const isSame = other.sentence === clause.sentence
        const isTold = isHearsay && TELLS.test(text) && other.sentence === clause.sentence + 1
        if (isTold || (isSame && (!isHearsay || i >= index))) silenced.add(i)
      })
    }
  })
  silenceAnswers(doc, questions, silenced)
  const isToOthers = doc.mentions.length > 0 || (doc.figures === 0 && ASKS_AROUND.test(doc.norm))
  const asksSomebody = isToOthers && questions.size > 0
  return { questions, silenced, isForeign: asksSomebody || isForeign(doc) }
}

// 算不算投资？我们前期花了200万: what follows a question explains it, unless it names its period.
function silenceAnswers(doc: Doc, questions: ReadonlySet<number>, silenced: Set<number>): void {
  const first = Math.min(...questions)
  doc.clauses.forEach((clause, index) => {
    const text = doc.norm.slice(clause.start, clause.end)
    if (
      index > first &&
      !/本月|这个?月|累计|今年|进度|\d月|到位|支付|资金/.test(text) &&
      hasFigure(doc, clause)
    )
      silenced.add(index)
  })
}

const ASKS_AROUND = /谁(?:有|认识|那|家)|哪位有|群里有|兄弟们/
const FORM_TOPIC =
  /报|填|表|数(?!学)|投资|累计|进度|截止|到期|期限|整改|照片|材料|项目|口径|栏|单位|上传|系统|链接|格式|模板|催|问我|时间|哪天交|写|计划|验收|资料|改|支付|资金|提交|漏|补|发(?:这|哪|邮|你|给)|什么时候|几号|任务|通知|盖章|名字|延期|核|机器人|你是谁|算|款|含|包括/
const TO_OTHERS =
  /[小老][\u4e00-\u9fa5]你|谁的|谁有|谁认识|(?<!找)谁要|各位|大家|有人|哪位|你们?那|你那|老[\u4e00-\u9fa5]你|群里有|兄弟们|吃|打球|打牌|天气|下雨|下这么大/

/** A question that the bot can be meant by. */
export function isOurQuestion(doc: Doc, voice: Voice): boolean {
  if (voice.questions.size === 0 || voice.isForeign || doc.mentions.length > 0) return false
  return FORM_TOPIC.test(doc.norm) && !TO_OTHERS.test(doc.norm)
}
