// Projects and groups: both name units and plans that have to exist.
import type { Group, Project } from '../../core/people/directory.ts'
import { chatKey } from '../../core/people/directory-index.ts'
import type { Check } from './check.ts'
import { chosenUnits } from './check-units.ts'
import { isKnown, withoutClashes } from './draft.ts'
import { type Entry, placeOf, type Row } from './findings.ts'
import type { GroupRow } from './parse-rows.ts'
import { stageNames } from './words.ts'

/** Accepts projects of known units and plans, with a known liaison post. */
export function checkProjects(check: Check): void {
  for (const { entry, value } of check.rows.projects) {
    if (!isKnown(check, entry, ['unit'], 'units', value.unit)) continue
    if (value.liaison !== undefined && !isKnown(check, entry, ['liaison'], 'posts', value.liaison)) continue
    if (value.plans.every((plan) => isKnown(check, entry, ['plans'], 'plans', plan))) {
      check.draft.projects.set(value.key, withReportedStage(check, entry, value))
    }
  }
}

/** A file says where a project begins; from then on its stage is what was reported (C4), and an old file must not turn it back. */
function withReportedStage(check: Check, entry: Entry, project: Project): Project {
  const stage =
    check.present.directory.projects.find(({ key }) => key === project.key)?.stage ?? project.stage
  if (stage === project.stage) return project
  check.findings.warn(entry, {
    path: ['stage'],
    what: `阶段没有采用文件里的“${stageNames[project.stage]}”：该项目已经是“${stageNames[stage]}”`,
    cure: '阶段以联络员填报为准；要更改请由联络员在填报里写明',
  })
  return { ...project, stage }
}

/** Accepts groups with a chat of their own. */
export function checkGroups(check: Check): void {
  const { rows, draft, findings } = check
  const bound = rows.groups.flatMap((row) => boundGroup(check, row))
  const chats = (group: Group): string[] => [chatKey(group.channel, group.chatId)]
  const groups = withoutClashes(bound, draft.groups.values(), chats, (row, _chat, owner) =>
    findings.refuse(row.entry, {
      path: ['chat'],
      what: `这个群已经登记过${owner === undefined ? '' : `（${placeOf(owner.entry)}）`}`,
      cure: '一个群只登记一条，绑定多个方案或单位时写在 plans、units 里',
    }),
  )
  for (const { value } of groups) draft.groups.set(value.key, value)
  const accepted = new Set(groups.map(({ entry }) => entry))
  for (const { entry, value } of rows.groups) {
    if (value.webhook && accepted.has(entry)) check.webhooks.set(value.group.key, value.webhook)
  }
}

function boundGroup(check: Check, { entry, value }: Row<GroupRow>): Row<Group>[] {
  const units = chosenUnits(check, entry, ['units'], value.choices)
  if (units === undefined) return []
  if (!value.group.plans.every((plan) => isKnown(check, entry, ['plans'], 'plans', plan))) return []
  return [{ entry, value: { ...value.group, units } }]
}
