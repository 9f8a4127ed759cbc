// `duban demo`: a whole office in a browser, with no account and no server; `--story` plays it by itself in the terminal.
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Express } from 'express'
import type { Log } from '../../app/ports.ts'
import { readConfig } from '../../config.ts'
import { formatInstant, type Instant, instantOf, parseInstant } from '../../core/calendar/civil.ts'
import { awaitsAnswer } from '../../core/task/types.ts'
import type { DemoOffice } from '../../sandbox/office.ts'
import { sandboxRouter } from '../../sandbox/page.ts'
import { playStory } from '../../sandbox/story/story.ts'
import type { World } from '../../sandbox/world.ts'
import { createApp, listen } from '../../web/server.ts'
import { type MovableClock, movableClock } from '../clocks.ts'
import { createLog } from '../log.ts'
import { phonePages } from '../phone-pages.ts'
import type { Product } from '../product.ts'
import { mountCallbacks, stopSignal, tickEveryMinute } from '../serve.ts'
import { INSTALLATION } from '../words.ts'
import { leapTarget, runTo } from './leap.ts'
import { ledgerLines } from './ledger.ts'
import { narrate } from './narrate.ts'
import { type Platforms, startPlatforms } from './platforms.ts'
import { redeliverBySelf, startDemoProduct } from './stage.ts'
import { summarize } from './summary.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The first working morning after the notice was issued (G1): the page opens with the first prompts, the story just before them. */
const DEMO_BEGINS = instantOf('2021-04-12', '09:00')
const STORY_BEGINS = instantOf('2021-04-12', '08:30')
/** Some weeks after the plan's last deadline, 2022-07-15: the ladder has been climbed to its end. */
const STORY_ENDS = instantOf('2022-08-31', '18:00')

/** The environment of a demo: its data apart from the real one, quiet unless asked otherwise. */
function demoEnvironment(env: Environment): Environment {
  const { dataDirectory } = readConfig(env)
  return {
    PORT: env.PORT,
    DUBAN_DATA: path.join(dataDirectory, 'demo'),
    DATABASE_URL: env.DATABASE_URL,
    LOG_LEVEL: env.LOG_LEVEL || 'error',
    DUBAN_NOW: env.DUBAN_NOW,
  }
}

/** Runs until SIGTERM or SIGINT. */
export async function demo(given: Environment): Promise<void> {
  const env = demoEnvironment(given)
  const config = readConfig(env)
  const log = createLog(config.logLevel)
  let clock: MovableClock | undefined
  const platforms = await startPlatforms((world) => (clock = clockOf(world, config.startAt)), {
    journalDirectory: config.dataDirectory,
  })
  const moving = clock ?? movableClock(DEMO_BEGINS)
  try {
    // The port first: a taken one must be said before anything moves.
    const app = createApp({ database: async () => undefined, channels: () => ({}) })
    const server = await listen(app, config.port, '127.0.0.1')
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const publicUrl = given.PUBLIC_URL || address
    const { product, stage } = await startDemoProduct(
      { ...env, PUBLIC_URL: publicUrl },
      platforms,
      moving,
      log,
    )
    mountOffice(app, officeOf(platforms, product, moving, stage), log)
    mountCallbacks(app, product)
    app.use('/m', await phonePages(product, { publicUrl, rehearsal: true, clock: moving, log }))
    moving.run(true)
    const stopTicking = tickEveryMinute(product, log)
    const stopRedelivering = redeliverBySelf(platforms.imitations.dingtalk)
    process.stdout.write(
      `督办助手演示已就绪（虚拟时间 ${formatInstant(moving.now()).slice(0, 16).replace('T', ' ')}）\n在浏览器打开：${address}/sandbox/\n按 Ctrl+C 结束，数据保留在 ${config.dataDirectory}\n`,
    )
    await stopSignal()
    stopTicking()
    stopRedelivering()
    server.closeAllConnections()
    server.close()
    await product.stop()
  } finally {
    await platforms.close()
  }
}

function mountOffice(app: Express, office: DemoOffice, log: Log): void {
  app.use('/sandbox', sandboxRouter(office, { uiDirectory: path.join(INSTALLATION, 'dist/sandbox-ui'), log }))
  app.get('/', (_request, response) => response.redirect('/sandbox/'))
}

/** Where the last demo left off, or where DUBAN_NOW says, whichever is later: time never goes back. */
function clockOf(world: World, startAt: Instant | undefined): MovableClock {
  const left = parseInstant(world.recall('clock') ?? '')
  return movableClock(Math.max(startAt ?? left ?? DEMO_BEGINS, left ?? 0))
}

function officeOf(
  { world, imitations, faults }: Platforms,
  product: Product,
  clock: MovableClock,
  stage: Parameters<typeof runTo>[0],
): DemoOffice {
  let leaping: Promise<void> = Promise.resolve()
  return {
    world,
    imitations,
    faults,
    now: () => clock.now(),
    leap(leap) {
      leaping = leaping
        .catch(() => undefined)
        .then(async () => {
          clock.run(false)
          try {
            const open = (await product.store.ledger()).filter(({ state }) => awaitsAnswer(state))
            await runTo(stage, leapTarget(leap, clock.now(), open))
            world.remember('clock', formatInstant(clock.now()))
          } finally {
            clock.run(true)
          }
        })
      return leaping
    },
    async ledger() {
      const { directory, plans } = await product.store.office()
      return ledgerLines(await product.store.ledger(), directory, plans, clock.now())
    },
  }
}

/** Plays the whole plan in a directory of its own; returns the exit code: 0 when nothing was said twice or lost. */
export async function story(
  given: Environment,
  options: { quiet: boolean; silent?: boolean; seed?: number },
): Promise<number> {
  const directory = await mkdtemp(path.join(tmpdir(), 'duban-story-'))
  const env = {
    DUBAN_DATA: directory,
    DATABASE_URL: given.DATABASE_URL,
    LOG_LEVEL: given.LOG_LEVEL || 'error',
    // Nobody opens a page in the story; cards without buttons only have to lead somewhere.
    PUBLIC_URL: 'http://127.0.0.1',
  }
  const log: Log = createLog(readConfig(env).logLevel)
  const clock = movableClock(readConfig({ DUBAN_NOW: given.DUBAN_NOW }).startAt ?? STORY_BEGINS)
  const platforms = await startPlatforms(() => clock)
  try {
    const { product, stage } = await startDemoProduct(env, platforms, clock, log)
    const silence = options.quiet
      ? undefined
      : narrate(platforms.world, (line) => process.stdout.write(`${line}\n`))
    const result = await playStory(stage, {
      until: STORY_ENDS,
      seed: options.seed ?? 1,
      silent: options.silent === true,
    })
    silence?.()
    const summary = await summarize(product.database.pool, result)
    process.stdout.write(`${summary.text}\n`)
    await product.stop()
    return summary.isClean ? 0 : 1
  } finally {
    await platforms.close()
    await rm(directory, { recursive: true, force: true })
  }
}
