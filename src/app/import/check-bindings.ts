// Projects and groups: both name units and plans that have to exist.
import type { Group, Project } from '../../core/people/directory.ts'
import { chatKey } from '../../core/people/directory-index.ts'
import type { Check } from './check.ts'
import { chosenUnits } from './check-units.ts'
import { isKnown, withoutClashes } from './draft.ts'
import { placeOf, type Row } from './findings.ts'
import type { GroupRow } from './parse-rows.ts'

/** Accepts projects of known units and plans, with a known liaison post. */
export function checkProjects(check: Check): void {
  for (const { entry, value } of check.rows.projects) {
    if (!isKnown(check, entry, ['unit'], 'units', value.unit)) continue
    if (value.liaison !== undefined && !isKnown(check, entry, ['liaison'], 'posts', value.liaison)) continue
    if (value.plans.every((plan) => isKnown(check, entry, ['plans'], 'plans', plan))) {
      check.draft.projects.set(value.key, value satisfies Project)
    }
  }
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
}

function boundGroup(check: Check, { entry, value }: Row<GroupRow>): Row<Group>[] {
  const units = chosenUnits(check, entry, ['units'], value.choices)
  if (units === undefined) return []
  if (!value.group.plans.every((plan) => isKnown(check, entry, ['plans'], 'plans', plan))) return []
  return [{ entry, value: { ...value.group, units } }]
}
