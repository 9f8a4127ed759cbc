// Who is in the small office of the scenarios, and the import files that say so.
import { copyFile, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { parse, stringify } from 'yaml'
import type { PlatformOptions } from '../../src/commands/demo/platforms.ts'
import type { ChannelName } from '../../src/core/people/directory.ts'
import { databases } from './databases.ts'

const FIXTURES = path.join(import.meta.dirname, '../fixtures/office')

/** One of the two halves of the office: everybody of it is on one platform. Keys of people are their accounts, too. */
export type Side = {
  readonly platform: ChannelName
  readonly unit: string
  readonly liaison: string
  readonly liaisonName: string
  readonly successor: string
  readonly head: string
  readonly group: string
  /** The supervising office's unit, its officer and the leader. */
  readonly office: string
  readonly officer: string
  readonly leader: string
  /** The liaison's two projects. */
  readonly projects: readonly [string, string]
  /** A second unit of the same group. */
  readonly neighbour: string
}

export const SIDES: readonly Side[] = [
  {
    platform: 'wecom',
    unit: 'kangding',
    liaison: 'kangding-lianluo',
    liaisonName: '康定市联络员',
    successor: 'kangding-xinren',
    head: 'kangding-juzhang',
    group: 'wrXianshi',
    office: 'zhou',
    officer: 'zhou-duban',
    leader: 'zhou-lingdao',
    projects: ['康定供水管道工程', '折多山便道工程'],
    neighbour: 'luding',
  },
  {
    platform: 'dingtalk',
    unit: 'jiaotong',
    liaison: 'jiaotong-lianluo',
    liaisonName: '州交通运输局联络员',
    successor: 'jiaotong-xinren',
    head: 'jiaotong-juzhang',
    group: 'cidXiangmu==',
    office: 'jicha',
    officer: 'jicha-duban',
    leader: 'jicha-lingdao',
    projects: ['龙川江大桥工程', '元谋二级公路工程'],
    neighbour: 'shuiwu',
  },
]

/** For `describe.each(everywhere)('$where', …)`: both platforms on both databases. */
export const everywhere = databases.flatMap(({ name, place }) =>
  SIDES.map((side) => ({ where: `${side.platform} on ${name}`, place, side })),
)

export type Place = (typeof databases)[number]['place']

export type OfficeOptions = {
  readonly place: Place
  readonly side: Side
  /** Plans by file name; each is given to the side's office and, where its rule names units, to these (default: the side's own). */
  readonly plans: readonly string[]
  readonly units?: readonly string[]
  /** `2021-04-19 08:30`, Asia/Shanghai. */
  readonly at: string
  readonly recast?: PlatformOptions['recast']
  /** More of WeCom than the bot. */
  readonly wecom?: PlatformOptions['wecom']
}

type PlanFile = { plans: { office: string; leader: string; rules: { for: unknown }[] }[] }

/** Writes the import files of this office into a folder. */
export async function writeFiles(folder: string, { side, plans, units }: OfficeOptions): Promise<void> {
  // The projects belong to the plan of monthly reports and can't be imported without it.
  for (const name of plans.includes('yuebao') ? ['people', 'projects'] : ['people'])
    await copyFile(path.join(FIXTURES, `${name}.yaml`), path.join(folder, `${name}.yaml`))
  for (const name of plans) {
    const file = parse(await readFile(path.join(FIXTURES, `${name}.yaml`), 'utf8')) as PlanFile
    for (const plan of file.plans) {
      Object.assign(plan, { office: side.office, leader: side.leader })
      for (const rule of plan.rules) if (Array.isArray(rule.for)) rule.for = units ?? [side.unit]
    }
    await writeFile(path.join(folder, `plan-${name}.yaml`), stringify(file))
  }
}
