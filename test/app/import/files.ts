// Writes import files into a folder of their own and imports them.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { emptySnapshot, type ImportPlan, planImport, type Snapshot } from '../../../src/app/import/index.ts'

/** Texts by file name, imported together; problems name the files without the folder. */
export async function importing(
  files: Readonly<Record<string, string | Uint8Array>>,
  present: Snapshot = emptySnapshot,
): Promise<ImportPlan> {
  const folder = await mkdtemp(join(tmpdir(), 'duban-import-'))
  try {
    for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content)
    const result = await planImport([folder], present)
    const problems = result.problems.map((problem) => ({ ...problem, file: basename(problem.file) }))
    return { ...result, problems }
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** An office with one county, one plan and one project: a sound base that single rows are added to. */
export const office = `
units:
  - { key: bureau, name: 州经信局 }
  - { key: kangding, name: 康定市经信局, parent: bureau }
  - { key: luding, name: 泸定县经信局, parent: bureau }
posts:
  - { key: duban, title: 督办专员, unit: bureau, role: office, since: 2021-04-11, holder: { key: duban, name: 督办专员, wecom: duban } }
  - { key: kd-ll, title: 联络员, unit: kangding, role: liaison, since: 2021-04-11, holder: { key: kd-ll, name: 康定市联络员, wecom: kd-ll } }
  - { key: ld-ll, title: 联络员, unit: luding, role: liaison, since: 2021-04-11, holder: { key: ld-ll, name: 泸定县联络员, wecom: ld-ll } }
plans:
  - key: plan
    name: 方案
    issued: 2021-04-11
    office: bureau
    policy: standard
    phases: [{ key: p1, name: 阶段, measures: [{ key: m1, title: 措施 }] }]
    rules:
      - { key: r1, title: 报送材料, measure: m1, kind: deliverable, due: 2021-04-30, opens: 2021-04-12, for: { childrenOf: bureau } }
projects:
  - { key: road, name: 道路, unit: kangding, stage: not-started, plans: [plan] }
groups:
  - { key: qun, name: 工作群, channel: wecom, chat: wr1, plans: [plan] }
`
