// An office made up for a burst: many units, each with a liaison on one of the platforms and several duties that open together.
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { stringify } from 'yaml'

export type BurstSize = { readonly wecom: number; readonly dingtalk: number; readonly dutiesEach: number }

/** Writes import files into `directory`; all duties are open since Friday, 2021-04-09, and due in a month. */
export async function writeBurstOffice(directory: string, size: BurstSize): Promise<void> {
  const offices = [
    ...Array.from({ length: size.wecom }, (_, index) => unitOf('wecom', index)),
    ...Array.from({ length: size.dingtalk }, (_, index) => unitOf('dingtalk', index)),
  ]
  const units = offices.map(({ unit }) => unit)
  const rules = Array.from({ length: size.dutiesEach }, (_, index) => ({
    key: `r${index}`,
    title: `第${index + 1}项自查情况`,
    kind: 'deliverable',
    due: '2021-05-11',
    opens: '2021-04-09',
    for: units.map(({ key }) => key),
  }))
  await mkdir(directory, { recursive: true })
  await writeFile(
    path.join(directory, 'people.yaml'),
    stringify({
      units: [{ key: 'ju', name: '测试州经济和信息化局', short: '州局' }, ...units],
      posts: [OFFICE, ...offices.map(({ post }) => post)],
    }),
  )
  await writeFile(
    path.join(directory, 'plan.yaml'),
    stringify({
      plans: [
        { key: 'burst', name: '集中自查', issued: '2021-04-08', office: 'ju', policy: 'standard', rules },
      ],
    }),
  )
}

const SINCE = '2021-04-01'
const OFFICE = {
  key: 'ju-duban',
  title: '督办专员',
  unit: 'ju',
  role: 'office',
  since: SINCE,
  holder: { key: 'ju-duban', name: '州局督办专员', wecom: 'ju-duban' },
}

function unitOf(platform: 'wecom' | 'dingtalk', index: number) {
  const key = `${platform}-${index}`
  const name = `${platform === 'wecom' ? '甲' : '乙'}组第${index + 1}单位`
  const holder = { key: `${key}-lianluo`, name: `${name}联络员`, [platform]: `${key}-lianluo` }
  return {
    unit: { key, name, short: name, parent: 'ju' },
    post: { key: `${key}-lianluo`, title: '联络员', unit: key, role: 'liaison', since: SINCE, holder },
  }
}
