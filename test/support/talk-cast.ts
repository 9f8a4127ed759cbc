// The people of many conversations at once: each talk has a unit, an office and a plan of its own, and so has nobody to share with.
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'
import type { ChannelName } from '../../src/core/people/directory.ts'
import type { Duty, Role, Talk } from './talk-script.ts'

/** One talk on one platform: where each role is spoken to, and what the `{words}` of its script stand for. */
export type Cast = {
  readonly talk: Talk
  readonly platform: ChannelName
  readonly unit: string
  readonly place: string
  readonly chats: Readonly<Partial<Record<Role, Chat>>>
  readonly names: Readonly<Record<string, string>>
}

export type Chat = { readonly platform: ChannelName; readonly id: string }

const PLACES =
  '康定 泸定 丹巴 九龙 雅江 道孚 炉霍 甘孜 新龙 德格 白玉 石渠 色达 理塘 巴塘 乡城 稻城 得荣 楚雄 双柏 牟定 南华 姚安 大姚 永仁 元谋 武定 禄丰 西昌 盐源 德昌 会理 会东 宁南'.split(
    ' ',
  )

/** Everybody of a platform; only the talks in a group speak there. */
const GROUPS: Readonly<Record<ChannelName, string>> = { wecom: 'wrGongzuo', dingtalk: 'cidGongzuo==' }

const WORKS: Readonly<Record<ChannelName, readonly [string, string]>> = {
  wecom: ['供水管道工程', '便道工程'],
  dingtalk: ['大桥工程', '二级公路工程'],
}

/** Each talk on both platforms. */
export function castOf(talks: readonly Talk[]): Cast[] {
  return talks.flatMap((talk, index) =>
    (['wecom', 'dingtalk'] as const).map((platform) => oneCast(talk, platform, index)),
  )
}

function oneCast(talk: Talk, platform: ChannelName, index: number): Cast {
  const place = PLACES[index]
  if (place === undefined) throw new Error('more talks than places')
  const unit = `${platform}-${index}`
  const at = (role: Role): Chat => ({ platform, id: `${unit}-${role}` })
  const other = platform === 'wecom' ? 'dingtalk' : 'wecom'
  const [one, two] = WORKS[platform]
  return {
    talk,
    platform,
    unit,
    place,
    chats: {
      liaison: at('liaison'),
      clerk: at('clerk'),
      head: at('head'),
      officer: at('officer'),
      leader: at('leader'),
      ...(talk.elsewhere ? { elsewhere: { platform: other, id: `${unit}-elsewhere` } } : {}),
      ...(talk.group ? { group: { platform, id: GROUPS[platform] } } : {}),
    },
    names: {
      clerk: `${bureau(platform, place)}干事`,
      one: `${place}${one}`,
      two: `${place}${two}`,
    },
  }
}

const bureau = (platform: ChannelName, place: string): string =>
  `${place}${platform === 'wecom' ? '经信局' : '交通局'}`

/** Writes the import file of all of them. */
export async function writeCasts(folder: string, casts: readonly Cast[]): Promise<void> {
  const tables = casts.map(tablesOf)
  const keys = ['units', 'posts', 'projects', 'plans', 'delegations'] as const
  const file = {
    ...Object.fromEntries(keys.map((key) => [key, tables.flatMap((table): object[] => table[key])])),
    groups: Object.entries(GROUPS).map(([channel, chat]) => ({
      key: `${channel}-group`,
      name: '工作群',
      ...{ channel, chat },
      units: casts.filter(({ platform }) => platform === channel).map(({ unit }) => unit),
    })),
  }
  await writeFile(path.join(folder, 'office.yaml'), stringify(file, { aliasDuplicateObjects: false }))
}

function tablesOf(cast: Cast) {
  const { talk, platform, unit, place, names } = cast
  const name = bureau(platform, place)
  const above = { key: `${unit}-above`, name: `${name}督办办公室`, short: `${name}督办办` }
  return {
    units: [above, { key: unit, name, short: name, parent: above.key }],
    posts: [
      post(cast, 'liaison', '联络员', 'liaison', unit),
      post(cast, 'clerk', '干事', 'other', unit),
      post(cast, 'head', '局长', 'head', unit),
      post(cast, 'officer', '督办专员', 'office', above.key),
      post(cast, 'leader', '分管领导', 'leader', above.key),
    ],
    projects: isMonthly(talk.duty)
      ? [names.one, names.two].map((project, at) => projectOf(unit, project, at))
      : [],
    plans: [planOf(cast, above.key)],
    delegations: talk.delegated
      ? [{ post: `${unit}-liaison`, to: `${unit}-clerk`, from: '2021-06-01', until: '2021-06-30' }]
      : [],
  }
}

/** Keys of posts and of their holders are the accounts, too. */
function post({ platform, unit, place, chats }: Cast, seat: Role, title: string, role: string, of: string) {
  const key = `${unit}-${seat}`
  const elsewhere = seat === 'liaison' && chats.elsewhere
  const holder = {
    key,
    name: `${bureau(platform, place)}${title}`,
    [platform]: key,
    ...(elsewhere ? { [elsewhere.platform]: elsewhere.id } : {}),
  }
  return { key, title, unit: of, role, since: '2021-04-01', holder }
}

const isMonthly = (duty: Duty): boolean => duty === 'monthly' || duty === 'two months'

function projectOf(unit: string, name: string | undefined, at: number) {
  return {
    key: `${unit}-p${at}`,
    name,
    unit,
    stage: 'under-construction',
    plans: [`${unit}-plan`],
    from: '2021-04-01',
    investment: 30_000,
  }
}

function planOf({ talk, unit }: Cast, office: string) {
  return {
    key: `${unit}-plan`,
    name: '系统治理工作方案',
    issued: '2021-04-11',
    office,
    leader: `${unit}-leader`,
    policy: 'standard',
    phases: [],
    ...(talk.duty === 'own form' ? { forms: [OWN_FORM] } : {}),
    rules: rulesOf(talk.duty, unit),
  }
}

/** Opened on Monday 2021-06-07, due on Thursday. */
const paper = (unit: string, key: string, title: string, form?: string) => ({
  key: `${unit}-${key}`,
  title,
  ...(form ? { kind: 'report', form } : { kind: 'deliverable' }),
  due: '2021-06-10',
  opens: '2021-06-07',
  for: [unit],
})

function rulesOf(duty: Duty, unit: string): object[] {
  const first = paper(unit, 'dongyuan', '报送动员部署文件')
  switch (duty) {
    case 'paper':
      return [first]
    case 'papers':
      return [first, paper(unit, 'taizhang', '建立资金管理台账'), paper(unit, 'zicha', '报送自查清单')]
    case 'own form':
      return [paper(unit, 'yonggong', '填报用工和资金情况', 'yonggong')]
    case 'problem':
      return [paper(unit, 'problem', '上报推进中的问题', 'problem-report')]
    case 'registration':
      return [paper(unit, 'registration', '登记联络员', 'liaison-registration')]
    case 'monthly':
      return [monthly(unit, '2021-06-01')]
    case 'two months':
      return [monthly(unit, '2021-05-01')]
  }
}

const monthly = (unit: string, from: string) => ({
  key: `${unit}-monthly`,
  title: '项目进展月报',
  kind: 'report',
  form: 'monthly-progress',
  due: { every: 'month', day: 8, from, until: '2021-06-30' },
  about: 'previous-period',
  opens: { workdaysBefore: 2 },
  for: 'projects',
})

const OWN_FORM = {
  key: 'yonggong',
  title: '用工和资金情况',
  fields: [
    { key: 'inPlace', label: '到位资金', type: 'amount', required: true },
    { key: 'spent', label: '已支付资金', type: 'amount' },
    { key: 'workers', label: '用工', type: 'integer', unit: '人', required: true },
    { key: 'light', label: '进度判断', type: 'choice', choices: ['正常', '滞后', '停工'] },
  ],
  checks: ['spent <= inPlace'],
}
