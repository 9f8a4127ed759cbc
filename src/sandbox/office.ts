// What the demo page and the story can do with a whole imitated office; put together by the demo command.
import type { CivilDate, Instant } from '../core/calendar/civil.ts'
import type { ChannelName } from '../core/people/directory.ts'
import type { Imitation } from './imitation.ts'
import type { World } from './world.ts'

/** Where to move the clock: the wishes of the page's buttons. */
export type Leap =
  | { readonly type: 'hour' }
  | { readonly type: 'next-morning' }
  | { readonly type: 'next-due' }
  | { readonly type: 'to-date'; readonly date: CivilDate }

/** One row of the live ledger, ready to be shown; texts in Chinese. */
export type LedgerLine = {
  readonly id: string
  readonly plan: string
  readonly title: string
  readonly unit: string
  readonly project?: string
  readonly state: string
  readonly due: Instant
  readonly overdue: boolean
  readonly lastEvent?: string
  readonly lastEventAt?: Instant
}

/** One misfortune of a platform that can be switched on; texts in Chinese. */
export type FaultSwitch = {
  readonly id: string
  readonly platform: ChannelName
  /** Which connection of the platform. */
  readonly place: string
  readonly name: string
  readonly explain: string
  /** Of each occasion while it is on, 0 to 1. */
  readonly chance: number
  readonly on: boolean
  /** How often it has happened since the start. */
  readonly struck: number
}

export interface FaultDesk {
  /** What chance is drawn from: the same seed and the same occasions give the same misfortunes. */
  readonly seed: number
  switches(): readonly FaultSwitch[]
  /** False when there is no such switch. */
  turn(id: string, on: boolean): boolean
}

export interface DemoOffice {
  readonly world: World
  readonly imitations: Readonly<Record<ChannelName, Imitation>>
  readonly faults: FaultDesk
  now(): Instant
  /** Lets time run to the wished moment, everything in between happening in order; resolves when the office is quiet again. */
  leap(leap: Leap): Promise<void>
  ledger(): Promise<readonly LedgerLine[]>
}
