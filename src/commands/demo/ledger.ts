// The live ledger of the demo page: tasks as people read them.
import type { LedgerRow } from '../../app/store-port.ts'
import type { Instant } from '../../core/calendar/civil.ts'
import type { Directory } from '../../core/people/directory.ts'
import { projectByKey, unitByKey } from '../../core/people/lookup.ts'
import type { Plan } from '../../core/plan/types.ts'
import { awaitsAnswer, type TaskState } from '../../core/task/types.ts'
import type { LedgerLine } from '../../sandbox/office.ts'

const STATES: Record<TaskState, string> = {
  scheduled: '未开始',
  open: '待报送',
  acknowledged: '已收到',
  submitted: '已报送',
  'under-review': '审核中',
  accepted: '已通过',
  returned: '已退回',
  closed: '已办结',
  cancelled: '已取消',
}

/** Duties that a newer one replaced are left out: nobody looks for them. */
export function ledgerLines(
  rows: readonly LedgerRow[],
  directory: Directory,
  plans: readonly Plan[],
  now: Instant,
): LedgerLine[] {
  const names = new Map(plans.map((plan) => [plan.key, plan.name]))
  return rows
    .filter(({ state }) => state !== 'cancelled')
    .map((row) => {
      const project = row.project === undefined ? undefined : projectByKey(directory, row.project)
      return {
        id: row.id,
        plan: names.get(row.plan) ?? row.plan,
        title: row.title,
        unit: unitByKey(directory, row.unit)?.short ?? row.unit,
        ...(project ? { project: project.name } : {}),
        state: STATES[row.state],
        due: row.dueAt,
        overdue: awaitsAnswer(row.state) && now > row.dueAt,
        ...(row.lastEvent === undefined ? {} : { lastEvent: row.lastEvent }),
        ...(row.lastEventAt === undefined ? {} : { lastEventAt: row.lastEventAt }),
      }
    })
}
