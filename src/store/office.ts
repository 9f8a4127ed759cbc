// The office as imported: units, posts, people, groups, projects and plans, read whole and kept until somebody changes them.
import type { Snapshot } from '../app/store-port.ts'
import type { ChannelName, Directory, PostRole, ProjectStage } from '../core/people/directory.ts'
import type { Plan } from '../core/plan/types.ts'
import type { PrismaClient } from '../generated/prisma/client.ts'
import type { Database } from './database.ts'
import { optional, type Sql } from './rows.ts'

const VERSION = 'office-version'

/** Returns `office`: the present snapshot; every process notices another's import by its version. */
export function cachedOffice({ prisma, pool }: Database): () => Promise<Snapshot> {
  let cached: { version: string; snapshot: Snapshot } | undefined
  return async () => {
    const version = await versionOf(pool)
    if (cached?.version !== version) cached = { version, snapshot: await readOffice(prisma) }
    return cached.snapshot
  }
}

/** Asked before every decision, hence raw: the client's own way takes ten times as long. */
async function versionOf(sql: Sql): Promise<string> {
  const { rows } = await sql.query<{ value: string }>('SELECT value FROM setting WHERE key = $1', [VERSION])
  return rows[0]?.value ?? '0'
}

async function readOffice(prisma: PrismaClient): Promise<Snapshot> {
  const plans = await prisma.plan.findMany({ orderBy: { key: 'asc' } })
  return { directory: await readDirectory(prisma), plans: plans.map((plan) => plan.data as unknown as Plan) }
}

async function readDirectory(prisma: PrismaClient): Promise<Directory> {
  const byKey = { orderBy: { key: 'asc' } } as const
  const units = await prisma.unit.findMany(byKey)
  const posts = await prisma.post.findMany(byKey)
  const people = await prisma.person.findMany({
    ...byKey,
    include: { accounts: { orderBy: { position: 'asc' } } },
  })
  const holdings = await prisma.holding.findMany({ orderBy: { id: 'asc' } })
  const delegations = await prisma.delegation.findMany({ orderBy: { id: 'asc' } })
  const groups = await prisma.workGroup.findMany(byKey)
  return {
    units: units.map(({ parent, ...unit }) => ({ ...unit, ...optional('parent', parent) })),
    posts: posts.map((post) => ({ ...post, role: post.role as PostRole })),
    people: people.map(({ key, name, accounts }) => ({
      key,
      name,
      accounts: accounts.map(({ channel, id }) => ({ channel: channel as ChannelName, id })),
    })),
    holdings: holdings.map(({ post, person, from, until }) => ({
      post,
      person,
      from,
      ...optional('until', until),
    })),
    delegations: delegations.map(({ post, to, from, until }) => ({ post, to, from, until })),
    groups: groups.map((group) => ({ ...group, channel: group.channel as ChannelName })),
    projects: await readProjects(prisma),
  }
}

async function readProjects(prisma: PrismaClient): Promise<Directory['projects']> {
  const projects = await prisma.project.findMany({ orderBy: { key: 'asc' } })
  return projects.map((row) => ({
    key: row.key,
    name: row.name,
    unit: row.unit,
    stage: row.stage as ProjectStage,
    plans: row.plans,
    ...optional('liaison', row.liaison),
    ...optional('listedFrom', row.listedFrom),
    ...optional('listedUntil', row.listedUntil),
    ...optional('totalInvestment', row.totalInvestment?.toString()),
  }))
}

/** Columns of each table of people, in the order of jsonb_to_recordset. */
const TABLES = {
  unit: 'key text, name text, short text, parent text',
  post: 'key text, title text, unit text, role text',
  person: 'key text, name text',
  account: 'channel text, id text, person_key text, position int',
  holding: 'post text, person text, "from" text, until text',
  delegation: 'post text, "to" text, "from" text, until text',
  work_group: 'key text, name text, channel text, chat_id text, units jsonb, plans jsonb',
  project:
    'key text, name text, unit text, stage text, liaison text, plans jsonb, listed_from text, listed_until text, total_investment numeric',
} as const

type Table = keyof typeof TABLES

/** Replaces people, groups and projects as a whole; plans are updated one by one, and a plan that changed is expanded anew. */
export async function replaceOffice(sql: Sql, { directory, plans }: Snapshot): Promise<void> {
  const rows: Record<Table, readonly object[]> = {
    unit: directory.units,
    post: directory.posts,
    person: directory.people,
    account: directory.people.flatMap(({ key, accounts }) =>
      accounts.map((account, position) => ({ ...account, person_key: key, position })),
    ),
    holding: directory.holdings,
    delegation: directory.delegations,
    work_group: directory.groups.map(({ chatId, ...group }) => ({ ...group, chat_id: chatId })),
    project: directory.projects.map(({ listedFrom, listedUntil, totalInvestment, ...project }) => ({
      ...project,
      listed_from: listedFrom,
      listed_until: listedUntil,
      total_investment: totalInvestment,
    })),
  }
  await sql.query('DELETE FROM account')
  for (const table of Object.keys(TABLES) as Table[]) await replaceRows(sql, table, rows[table])
  await replacePlans(sql, plans)
  await bumpVersion(sql)
}

async function replaceRows(sql: Sql, table: Table, rows: readonly object[]): Promise<void> {
  const shape = TABLES[table]
  const columns = shape.split(', ').map((column) => column.slice(0, column.lastIndexOf(' ')))
  const values = columns.map((column) => (shape.includes(`${column} jsonb`) ? textArray(column) : column))
  const [kept, clash] = table === 'delegation' ? [ARRANGED, KEPT_UNLESS_CHANGED] : ['', '']
  await sql.query(`DELETE FROM ${table} ${kept}`)
  await sql.query(
    `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM jsonb_to_recordset($1::jsonb) AS r(${shape}) ${clash}`,
    [JSON.stringify(rows)],
  )
}

// A stand-in arranged in chat while the files were being checked is in none of the rows to be written: it stays (domain §5).
const ARRANGED = 'WHERE request_id IS NULL'
const KEPT_UNLESS_CHANGED = 'ON CONFLICT (post, "to", "from") DO UPDATE SET until = excluded.until'

const textArray = (column: string): string => `ARRAY(SELECT jsonb_array_elements_text(${column}))`

async function replacePlans(sql: Sql, plans: readonly Plan[]): Promise<void> {
  await sql.query(`DELETE FROM plan WHERE NOT key = ANY($1)`, [plans.map(({ key }) => key)])
  await sql.query(
    `INSERT INTO plan (key, name, data) SELECT key, name, data FROM jsonb_to_recordset($1::jsonb) AS p(key text, name text, data jsonb)
     ON CONFLICT (key) DO UPDATE SET name = excluded.name, data = excluded.data, expanded_to = NULL WHERE plan.data <> excluded.data`,
    [JSON.stringify(plans.map((plan) => ({ key: plan.key, name: plan.name, data: plan })))],
  )
}

/** A project's stage decides its rhythm (C4): plans look again at once when it changes. */
export async function setProjectStage(
  sql: Sql,
  project: string,
  stage: ProjectStage,
  now: Date,
): Promise<void> {
  const changed = await sql.query(`UPDATE project SET stage = $2 WHERE key = $1 AND stage <> $2`, [
    project,
    stage,
  ])
  if (changed.rowCount === 0) return
  await sql.query(
    `UPDATE plan SET next_opening_at = $1 WHERE key IN (SELECT unnest(plans) FROM project WHERE key = $2)`,
    [now, project],
  )
  await bumpVersion(sql)
}

/** Every process reads people and plans anew. */
export async function bumpVersion(sql: Sql): Promise<void> {
  await sql.query(
    `INSERT INTO setting (key, value) VALUES ($1, '1') ON CONFLICT (key) DO UPDATE SET value = (setting.value::bigint + 1)::text`,
    [VERSION],
  )
}
