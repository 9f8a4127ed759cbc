// `duban forecast`: every message that will go out if nobody answers, by day, person and group.

import type { Log } from '../app/ports.ts'
import { whoseAddress } from '../app/render.ts'
import type { Snapshot, Store } from '../app/store-port.ts'
import type { Config } from '../config.ts'
import { addDays, type CivilDate, instantOf } from '../core/calendar/civil.ts'
import { type ForecastCard, forecast } from '../core/message/forecast.ts'
import type { Family } from '../core/message/notice.ts'
import { addressOf } from '../core/message/types.ts'
import { createStore } from '../store/store.ts'
import { monthLine, monthsOf } from './forecast-months.ts'
import { OFFICE, openProductDatabase } from './product.ts'

export type ForecastOptions = { readonly from: CivilDate; readonly to: CivilDate; readonly json: boolean }

/** Prints a table, or one JSON object a line. */
export async function runForecast(config: Config, log: Log, options: ForecastOptions): Promise<void> {
  const database = await openProductDatabase(config, log)
  try {
    const store = createStore(database)
    const cards = await forecastFrom(store, options.from, options.to)
    const office = await store.office()
    for (const card of cards)
      process.stdout.write(`${options.json ? JSON.stringify(entry(card, office)) : line(card, office)}\n`)
    if (!options.json) process.stdout.write(`共${cards.length}条消息（若无人报送）\n`)
    const months = await monthsOf(cards, store, config)
    for (const month of months)
      process.stdout.write(`${options.json ? JSON.stringify(month) : monthLine(month)}\n`)
  } finally {
    await database.close()
  }
}

/** From the stored state, days inclusive. */
export async function forecastFrom(store: Store, from: CivilDate, to: CivilDate): Promise<ForecastCard[]> {
  const { directory } = await store.office()
  const start = await store.forecastStart()
  return forecast(
    { directory, ...start },
    OFFICE,
    instantOf(from, '00:00'),
    instantOf(addDays(to, 1), '00:00'),
  )
}

const FAMILIES: Record<Family, string> = {
  duty: '任务',
  'overdue-copy': '抄送负责人',
  circular: '通报代拟稿',
  admonition: '约谈建议',
  letter: '督办函代拟稿',
  issued: '已签发',
  unreachable: '送不到',
  request: '请求',
  reply: '答复',
}

function entry(card: ForecastCard, office: Snapshot) {
  return { to: whoseAddress(office, addressOf(card.address)), ...card }
}

function line(card: ForecastCard, office: Snapshot): string {
  const titles = [...new Set(card.about.map(({ title }) => title))]
  const shown = titles.length > 2 ? `${titles.slice(0, 2).join('、')}等` : titles.join('、')
  return `${card.day}  ${whoseAddress(office, addressOf(card.address))}  ${FAMILIES[card.family]}  ${card.about.length}项：${shown}`
}
