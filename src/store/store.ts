// The store on either database: the ports of app/ put together from the SQL of this folder.
import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { EventDraft, Store, Tx } from '../app/store-port.ts'
import type { Instant } from '../core/calendar/civil.ts'
import * as answers from './answers.ts'
import type { Database } from './database.ts'
import { appendEvents } from './events.ts'
import { forecastStart } from './forecast-start.ts'
import * as inbox from './inbox.ts'
import { acquireLease, releaseLeases } from './leases.ts'
import { linkKey } from './link-key.ts'
import { cachedOffice, replaceOffice, setProjectStage } from './office.ts'
import * as outbox from './outbox.ts'
import { proofOf } from './proof.ts'
import { reportsDue } from './reports.ts'
import { requestsOn } from './requests.ts'
import type { Sql } from './rows.ts'
import { inTransaction } from './store-pool.ts'
import * as tasks from './tasks.ts'
import { addUsage, usage } from './usage.ts'

/** Each store is one holder of leases: two in one process are as foreign to each other as two processes. */
export function createStore(database: Database): Store {
  const { pool } = database
  const policies: tasks.PolicyCache = new Map()
  const holder = randomUUID()
  return {
    transaction: (work) =>
      inTransaction(pool, async (client) => {
        const events: EventDraft[] = []
        const result = await work(transactionOn(client, policies, events))
        await appendEvents(client, events)
        return result
      }),
    saveInbound: inbox.gatheringInsert(pool),
    office: cachedOffice(database),
    hasUnhandledInbound: (mine) => inbox.hasUnhandledInbound(pool, mine),
    acquireLease: (name, seconds) => acquireLease(pool, holder, name, seconds),
    releaseLease: (name) => releaseLeases(pool, holder, [name]),
    proofOf: (ids) => proofOf(pool, ids),
    tasksById: (ids) => tasks.tasksById(pool, policies, ids),
    ...deliveryOn(pool, holder),
    nextAction: () => tasks.nextAction(pool),
    addUsage: (used) => addUsage(pool, used),
    usage: (channel, month) => usage(pool, channel, month),
    linkKey: () => linkKey(pool),
    reportsDue: (asOf) => reportsDue(pool, asOf),
    forecastStart: () => forecastStart(pool, policies),
    ledger: (filter) => tasks.ledgerRows(pool, policies, filter?.plan),
  }
}

/** What the delivery of queued messages needs. */
function deliveryOn(pool: pg.Pool, holder: string) {
  return {
    claim: (now, addresses, reach) => outbox.claim(pool, holder, now, addresses, reach),
    keep: (addresses) => outbox.keep(pool, holder, addresses),
    release: (addresses) => outbox.release(pool, holder, addresses),
    spokenOn: (day, addresses) => outbox.spokenOn(pool, day, addresses),
    recentSends: (channel, since, to) => outbox.recentSends(pool, channel, since, to),
    holdNotices: (held) => outbox.holdNotices(pool, held),
    async closeNotices(ids, state, events) {
      // Most deliveries drop and merge nothing, and an empty transaction is two round trips.
      if (ids.length === 0 && events.length === 0) return
      await inTransaction(pool, async (client) => {
        await outbox.closeNotices(client, ids, state)
        await appendEvents(client, events)
      })
    },
    beginSends: (sends) => outbox.beginSends(pool, holder, sends),
    settle: (settlements, events, notes) =>
      inTransaction(pool, async (client) => {
        await outbox.settle(client, settlements)
        await tasks.noteTasks(client, notes)
        await appendEvents(client, events)
      }),
    nextDelivery: () => outbox.nextDelivery(pool),
  } satisfies Partial<Store>
}

function transactionOn(sql: Sql, policies: tasks.PolicyCache, events: EventDraft[]): Tx {
  return {
    plansToExpand: (now) => tasks.plansToExpand(sql, now),
    planExpanded: (plan, upTo, next) => tasks.planExpanded(sql, plan, upTo, next),
    insertTasks: (drafts) => tasks.insertTasks(sql, policies, drafts),
    awaitingTasksOf: (plan) => tasks.awaitingTasksOf(sql, policies, plan),
    supersededBy: (newer) => tasks.supersededBy(sql, policies, newer),
    dueTasks: (now, limit) => tasks.dueTasks(sql, policies, now, limit),
    tasks: (ids, options) => tasks.tasksById(sql, policies, ids, options?.lock),
    openTasksOf: (posts) => tasks.openTasksOf(sql, policies, posts),
    lastSubmittedOf: (posts, limit, options) => tasks.lastSubmittedOf(sql, policies, posts, limit, options),
    saveTasks: (changes, at) => tasks.saveTasks(sql, changes, at),
    enqueue: (notices, at) => outbox.enqueue(sql, notices, at),
    // Collected and chained last: the chain is locked from its first append to the commit.
    append: async (drafts) => void events.push(...drafts),
    ...conversationOn(sql),
    ...requestsOn(sql),
    setProjectStage: (project, stage, at: Instant) => setProjectStage(sql, project, stage, new Date(at)),
    replaceOffice: (next) => replaceOffice(sql, next),
  }
}

function conversationOn(sql: Sql) {
  return {
    takeInbound: (inbound, at) => inbox.takeInbound(sql, inbound, at),
    unhandledInbound: (limit, mine) => inbox.unhandledInbound(sql, limit, mine),
    finishInbound: (id, outcome) => inbox.finishInbound(sql, id, outcome),
    conversation: (person) => answers.conversation(sql, person),
    saveConversation: (person, data, at) => answers.saveConversation(sql, person, data, at),
    readBackCard: (task, revision) => answers.readBackCard(sql, task, revision),
    sentCard: (id) => answers.sentCard(sql, id),
    lastList: (address, family) => answers.lastList(sql, address, family),
    submissionsOf: (task) => answers.submissionsOf(sql, task),
    previousSubmission: (task) => answers.previousSubmission(sql, task),
    insertSubmission: (one) => answers.insertSubmission(sql, one),
    confirmSubmission: (task, revision) => answers.confirmSubmission(sql, task, revision),
    withdrawSubmission: (task, revision, person, at) =>
      answers.withdrawSubmission(sql, task, revision, person, at),
    draftFormal: (steps, at) => answers.draftFormal(sql, steps, at),
    formalSteps: (ids, kind, options) => answers.formalSteps(sql, ids, kind, options?.lock),
    decideFormal: (step) => answers.decideFormal(sql, step),
  } satisfies Partial<Tx>
}
