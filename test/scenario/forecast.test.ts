// The forecast is the truth: over the sample plans' 15 months it names every message that leaves when nobody answers, and no other.
import { expect, onTestFinished, test } from 'vitest'
import { movableClock } from '../../src/commands/clocks.ts'
import { startPlatforms } from '../../src/commands/demo/platforms.ts'
import { startDemoProduct } from '../../src/commands/demo/stage.ts'
import { forecastFrom } from '../../src/commands/forecast.ts'
import { instantOf } from '../../src/core/calendar/civil.ts'
import type { ForecastCard } from '../../src/core/message/forecast.ts'
import { playStory } from '../../src/sandbox/story/story.ts'
import { embeddedPlace } from '../support/databases.ts'

const FROM = '2021-04-12'
const TO = '2022-08-31'

type Row = { day: string; address: string; family: string; about: string[] }

const line = ({ day, address, family, about }: Row): string =>
  [day, address, family, ...about.toSorted((a, b) => a.localeCompare(b))].join('\n  ')

const predicted = ({ day, address, family, about }: ForecastCard): string =>
  line({ day, address, family, about: about.map(({ task, step }) => `${task}|${step}`) })

test('the forecast of the sample plans equals what is sent in silence, message for message', async () => {
  const place = await embeddedPlace()
  const clock = movableClock(instantOf(FROM, '08:30'))
  const platforms = await startPlatforms(() => clock)
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const { product, stage } = await startDemoProduct(place.environment, platforms, clock, log)
  onTestFinished(async () => {
    await product.stop()
    await platforms.close()
    await place.remove()
  })
  const forecast = await forecastFrom(product.store, FROM, TO)

  await playStory(stage, { until: instantOf(TO, '23:59'), seed: 1, silent: true })
  const { rows } = await product.database.pool.query<Row>(
    `SELECT s.day, s.address, s.family, array_agg(t.key || '|' || o.step) AS about
     FROM send s JOIN outbox o ON o.send_id = s.id AND o.state = 'sent' JOIN task t ON t.id = o.task_id
     WHERE s.state = 'sent' GROUP BY s.id`,
  )
  expect(rows.length).toBeGreaterThan(1_000)
  expect(forecast.map(predicted).toSorted()).toEqual(rows.map(line).toSorted())
  // And every one of them was really seen on a phone.
  expect(platforms.world.bubbles().filter(({ from }) => from === 'bot')).toHaveLength(rows.length)
}, 240_000)
