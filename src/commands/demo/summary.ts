// What the story came to, counted from the stored rows: also the check that nothing was said twice or got lost.
import type { StoryResult } from '../../sandbox/story/story.ts'
import type { Sql } from '../../store/rows.ts'

export type Summary = { readonly text: string; readonly isClean: boolean }

const KINDS: readonly (readonly [string, string])[] = [
  ['prompt', '任务下达'],
  ['reminder', '到期提醒'],
  ['overdue-notice', '点对点催办'],
  ['named', '群内点名'],
  ['circular', '通报代拟稿'],
  ['admonition', '约谈建议'],
  ['letter', '督办函代拟稿'],
]

export async function summarize(sql: Sql, story: StoryResult): Promise<Summary> {
  const kinds = await pairs(
    sql,
    `SELECT saying->>'kind' AS key, count(*) AS n FROM outbox WHERE state = 'sent' AND saying->>'type' IN ('duty', 'formal') GROUP BY 1`,
  )
  const states = await pairs(sql, `SELECT state AS key, count(*) AS n FROM send GROUP BY 1`)
  const tasks = await pairs(sql, `SELECT state AS key, count(*) AS n FROM task GROUP BY 1`)
  const waiting = await one(sql, `SELECT count(*) AS n FROM outbox WHERE state IN ('queued', 'sending')`)
  const issued = await one(sql, `SELECT count(*) AS n FROM formal_step WHERE state = 'issued'`)
  const twice = await one(
    sql,
    `SELECT count(*) AS n FROM (SELECT o.address, o.task_id, s.day FROM outbox o JOIN send s ON s.id = o.send_id
       WHERE o.state = 'sent' AND o.family NOT IN ('reply', 'unreachable') AND o.saying->>'type' = 'duty'
       GROUP BY 1, 2, 3 HAVING count(*) > 1) d`,
  )
  const busiest = await one(
    sql,
    `SELECT coalesce(max(n), 0) AS n FROM (SELECT address, day, count(*) AS n FROM send
       WHERE family IN ('duty', 'overdue-copy') AND address LIKE '%:direct:%' GROUP BY 1, 2) p`,
  )
  const lost = (states.get('unknown') ?? 0) + (states.get('refused') ?? 0) + waiting
  const lines = [
    '—— 演示小结 ——',
    ...KINDS.map(([kind, name]) => `${name}：${kinds.get(kind) ?? 0}项次`),
    `人工签发的正式措施：${issued}项次`,
    `联络员回复：${story.answers}条，按钮：${story.presses}次`,
    `任务：共${total(tasks)}项，已报送${tasks.get('submitted') ?? 0}项，被新一期代替${tasks.get('cancelled') ?? 0}项`,
    `发出消息：${states.get('sent') ?? 0}条；结果不明${states.get('unknown') ?? 0}条，被拒${states.get('refused') ?? 0}条，未发完${waiting}条`,
    `每人每天任务卡片最多${busiest}张；同一事项一天内对同一对象说两次：${twice}次`,
  ]
  return { text: lines.join('\n'), isClean: twice === 0 && lost === 0 && story.silentRefusals === 0 }
}

async function pairs(sql: Sql, query: string): Promise<Map<string, number>> {
  const { rows } = await sql.query<{ key: string; n: number }>(query)
  return new Map(rows.map(({ key, n }) => [key, n]))
}

const one = async (sql: Sql, query: string): Promise<number> =>
  (await sql.query<{ n: number }>(query)).rows[0]?.n ?? 0

const total = (counts: ReadonlyMap<string, number>): number =>
  [...counts.values()].reduce((sum, n) => sum + n, 0)
