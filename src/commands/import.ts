// `duban import PATH…`: shows what would change, and changes it unless --dry-run.
import { formatImportReport, type ImportPlan, importJsonSchema, planImport } from '../app/import/index.ts'
import type { Log } from '../app/ports.ts'
import type { Store } from '../app/store-port.ts'
import type { Config } from '../config.ts'
import type { Instant } from '../core/calendar/civil.ts'
import { createStore } from '../store/store.ts'
import { runningClock } from './clocks.ts'
import { UsageError } from './explain.ts'
import { openProductDatabase } from './product.ts'
import { type WebhookSecrets, webhookSecrets } from './webhook-secrets.ts'

export type ImportOptions = { readonly dryRun: boolean }

/** Prints the report; returns the exit code: 1 when a row was refused. */
export async function runImport(
  config: Config,
  log: Log,
  paths: readonly string[],
  options: ImportOptions,
): Promise<number> {
  const database = await openProductDatabase(config, log)
  try {
    const store = createStore(database)
    const plan = options.dryRun
      ? await planImport(paths, await store.office())
      : await importInto(store, paths, runningClock(config.startAt).now(), webhookSecrets(database, config))
    process.stdout.write(
      `${formatImportReport(plan)}${options.dryRun ? '\n（试运行：什么都没有写入）' : ''}\n`,
    )
    return plan.problems.some(({ severity }) => severity === 'error') ? 1 : 0
  } finally {
    await database.close()
  }
}

/**
 * Imports in one transaction, with an event; good rows are taken, refused ones reported. Throws UsageError, before anything is
 * written, for webhooks that can't be kept.
 */
export async function importInto(
  store: Store,
  paths: readonly string[],
  now: Instant,
  secrets?: WebhookSecrets,
): Promise<ImportPlan> {
  const plan = await planImport(paths, await store.office())
  if (plan.webhooks.size > 0 && !secrets)
    throw new UsageError(
      '文件里有群机器人地址（webhook），要加密保存：请先在 .env 里设置 DUBAN_SECRET（32个以上随机字符），再导入。',
    )
  await secrets?.keep(plan.webhooks)
  if (plan.changes.length === 0) return plan
  await store.transaction(async (tx) => {
    await tx.replaceOffice(plan.next)
    await tx.append([
      {
        at: now,
        actor: 'operator',
        kind: 'imported',
        data: { changes: plan.changes.length, refused: plan.problems.length },
      },
    ])
  })
  return plan
}

export const printImportSchema = (): void =>
  void process.stdout.write(`${JSON.stringify(importJsonSchema(), null, 2)}\n`)
