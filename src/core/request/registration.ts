// 登记联络员 (G6): name, post and phone from a sentence, under the keys of the form in core/form.

export type Registration = {
  readonly liaisonName?: string
  readonly liaisonPost?: string
  readonly liaisonPhone?: string
}

const PHONE_LABEL = '(?:联系|办公|手机|固定)?(?:电话|手机|号码|方式|座机)(?:号码?|号)?'
const MOBILE = /(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/
const LANDLINE = /(?<!\d)(0\d{2,3})[- ]?(\d{7,8})(?:-(\d{1,5}))?(?!\d)|(?<!\d)([2-8]\d{6,7})(?!\d)/
const LEAD =
  /^(?:更正|登记|报名|注册|报送|申报|现将|兹|我们?(?:局|单位|县|市|区|科|办|们)*|本(?:局|单位|县|市|区)|的|联络员登记|[,\s:])+/
const NAME_LABEL = /^(?:联络员姓名|联络员|联系人|姓名|名字|改为|改成|换成|是|为|叫)+/
const POST_LABEL = /^(?:职务|职位|岗位|职称|现任|担任|任|改为|改成|是|为)+/
const IS_POST =
  /(?:长|主任|员|干部|干事|书记|秘书|会计|出纳|经理|工程师|主管|负责人|专责|助理|科|股|室|办|中心|局)$/
const IS_NAME = /^\p{Script=Han}{2,4}$|^\p{Script=Han}+·[\p{Script=Han}·]+$/u
// Only after two or three characters, and only where a post is known to begin so: 局 alone may be part of a name of a unit.
const POST_BEGINS =
  '办公室|综合|规划|产业|经济|财务|项目|党[组委]|副|主任|局长|科长|股长|科员|干部|干事|秘书|书记|[一二三四]级'
const NAME_AND_POST = new RegExp(`^(?!${POST_BEGINS})(\\p{Script=Han}{2,3}?)((?:${POST_BEGINS}).*)$`, 'u')
const NO_NAME =
  /^(?:收到|好的|谢谢|不知道|不清楚|没有|暂无|什么|怎么|稍后|马上|等|已|还|未|您好|你好|辛苦|以上|如下|登记|更正|完毕|联络员|职务|姓名|同志|先生|女士)/

/** Whether a sentence is about a liaison at all: a bare name or title alone is not. */
export const namesLiaison = (text: string): boolean =>
  /^登记|联络员|姓名/.test(text) || readRegistration(text).liaisonPhone !== undefined

/** What is new replaces what was known; a bare name is new only while none is known, or when it is called one. */
export function completed(known: Registration, text: string): Registration {
  const { liaisonName, ...said } = readRegistration(text)
  const isNew = known.liaisonName === undefined || /登记|联络员|姓名|改/.test(text)
  return { ...known, ...said, ...(isNew && liaisonName ? { liaisonName } : {}) }
}

/** What was said of the three; a mobile number with a digit too few or too many is not taken. */
export function readRegistration(text: string): Registration {
  const plain = text.normalize('NFKC')
  const { phone, rest } = takePhone(plain)
  const chunks = rest
    .replace(/(职务|职位|岗位|职称|现任|担任|姓名)/g, ' $1')
    .replace(LEAD, '')
    .split(/[,，、;；。.!！\n\s()（）:：]+/)
    .filter((chunk) => chunk !== '')
  return { ...readChunks(chunks), ...(phone === undefined ? {} : { liaisonPhone: phone }) }
}

function takePhone(text: string): { phone?: string; rest: string } {
  const mobile = MOBILE.exec(text)
  const landline = mobile ? null : LANDLINE.exec(text)
  const found = mobile ?? landline
  const labels = new RegExp(`${PHONE_LABEL}(?:是|为|改为|改成|[:：])*`, 'g')
  if (!found) return { rest: text.replace(/\d{5,}/g, ' ').replace(labels, ' ') }
  const phone = mobile
    ? mobile.slice(1, 4).join('')
    : (landline?.[4] ?? [landline?.[1], landline?.[2], landline?.[3]].filter(Boolean).join('-'))
  return { phone, rest: text.replace(found[0], ' ').replace(labels, ' ') }
}

function readChunks(chunks: readonly string[]): Registration {
  let name: string | undefined
  let post: string | undefined
  let awaited: 'name' | 'post' | undefined
  for (const chunk of chunks) {
    const isPost = awaited === 'post' || POST_LABEL.test(chunk)
    const isNamed = awaited === 'name' || NAME_LABEL.test(chunk)
    const value = chunk.replace(isPost ? POST_LABEL : NAME_LABEL, '')
    if (value === '') {
      awaited = isPost ? 'post' : 'name'
      continue
    }
    awaited = undefined
    if (isPost) post ??= value
    else if (isNamed || isNameLike(value)) {
      const parted = partName(value)
      name ??= parted.name
      post ??= parted.post
    } else if (IS_POST.test(value)) post ??= value
  }
  return { ...(name ? { liaisonName: name } : {}), ...(post ? { liaisonPost: post } : {}) }
}

const isNameLike = (value: string): boolean =>
  (IS_NAME.test(value) && !IS_POST.test(value) && !NO_NAME.test(value)) || partName(value).post !== undefined

/** 何丽办公室主任: the name ends where the post begins. */
function partName(value: string): { name: string; post?: string } {
  const [, name, post] = NAME_AND_POST.exec(value) ?? []
  return name && post && IS_POST.test(post) ? { name, post } : { name: value.replace(/同志$/, '') }
}

/** `138****1234`: for the trail and for eyes that need not know it. */
export const maskedPhone = (phone: string): string =>
  phone.length > 7
    ? `${phone.slice(0, 3)}${'*'.repeat(phone.length - 7)}${phone.slice(-4)}`
    : `${'*'.repeat(Math.max(0, phone.length - 2))}${phone.slice(-2)}`

/** A registration as the trail shows it; the submission itself holds the number. */
export const withMaskedPhone = (fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  typeof fields.liaisonPhone === 'string'
    ? { ...fields, liaisonPhone: maskedPhone(fields.liaisonPhone) }
    : { ...fields }

/** Mobile numbers in a text, masked; amounts (11 digits before a decimal point) are left alone. */
export const withoutPhones = (text: string): string =>
  text.replace(/(?<![\d.])1[3-9]\d(?:[- ]?\d{4}){2}(?![\d.])/g, (phone) => maskedPhone(phone))
