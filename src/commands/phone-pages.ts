// The phone pages on top of the running product, the same in serve and in the demo.
import type { Router } from 'express'
import type { Clock, Log } from '../app/ports.ts'
import { phoneRouter } from '../web/phone.ts'
import { OFFICE, type Product } from './product.ts'

export type PhonePages = {
  readonly publicUrl: string
  readonly rehearsal: boolean
  readonly clock: Clock
  readonly log: Log
}

/** The router for /m. */
export async function phonePages(
  { store, engine, signIns }: Product,
  { publicUrl, rehearsal, clock, log }: PhonePages,
): Promise<Router> {
  return phoneRouter({
    store,
    office: OFFICE,
    log,
    clock,
    publicUrl,
    rehearsal,
    signIns,
    key: await store.linkKey(),
    recorded: () => engine.pulse(),
  })
}
