// The product and both imitated platforms in one process, on one clock that can be moved.
import type { Log } from '../../app/ports.ts'
import { readConfig } from '../../config.ts'
import type { Stage } from '../../sandbox/story/story.ts'
import type { MovableClock } from '../clocks.ts'
import { importInto } from '../import.ts'
import { type ChannelTimings, type Product, startProduct } from '../product.ts'
import type { Platforms } from './platforms.ts'

/** How long the channels may take to connect on loopback before something must be wrong. */
const CONNECT_MS = 15_000

export type DemoProduct = { readonly product: Product; readonly stage: Stage }

/** Starts the product on the given environment, pointed at the platforms; imports their office's files while there is no plan. */
export async function startDemoProduct(
  env: Readonly<Record<string, string | undefined>>,
  platforms: Platforms,
  clock: MovableClock,
  log: Log,
  timings: ChannelTimings = {},
): Promise<DemoProduct> {
  const config = readConfig({ ...platforms.settings, ...env })
  const product = await startProduct(config, clock, log, timings)
  await connected(product)
  const { plans } = await product.store.office()
  if (plans.length === 0) await importInto(product.store, platforms.folders, clock.now())
  return { product, stage: stageOf(product, platforms, clock) }
}

/** How often DingTalk looks for what it has to send again, in real milliseconds: the clock of the demo runs on between leaps. */
const REDELIVER_MS = 1_000

/** Sends again what falls due while the demo runs by itself, as the platform does; returns how to stop. */
export function redeliverBySelf({ redeliverDue }: Platforms['imitations']['dingtalk']): () => void {
  const timer = setInterval(() => void redeliverDue(), REDELIVER_MS)
  return () => clearInterval(timer)
}

function stageOf(product: Product, { world, imitations }: Platforms, clock: MovableClock): Stage {
  return {
    world,
    imitations,
    now: () => clock.now(),
    async moveTo(at) {
      clock.moveTo(at)
      // DingTalk sends again what a killed product had not acknowledged.
      await imitations.dingtalk.redeliverDue()
    },
    async settle() {
      await imitations.wecom.settled()
      await imitations.dingtalk.settled()
      await product.engine.settle()
    },
    nextAt: () => product.engine.nextAt(),
  }
}

async function connected({ channels }: Product): Promise<void> {
  const until = Date.now() + CONNECT_MS
  while (![...channels.values()].every((channel) => channel.isReady())) {
    if (Date.now() > until) throw new Error('imitated platforms did not come up')
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
