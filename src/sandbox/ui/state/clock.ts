// The office's clock as the page shows it: told by the server now and then, running on in between.
import { computed, type Ref, shallowRef } from 'vue'
import type { ClockState, Instant } from '../../page/wire.ts'

export type ClockBook = {
  readonly now: Ref<Instant>
  readonly leaping: Ref<boolean>
  set(state: ClockState): void
}

/** Ticks by itself once a second; stands at `undefined` time 0 until the first `set`. */
export function createClockBook(): ClockBook {
  const told = shallowRef({ now: 0, leaping: false, at: Date.now() })
  const real = shallowRef(Date.now())
  window.setInterval(() => {
    real.value = Date.now()
  }, 1_000)
  return {
    now: computed(() => told.value.now + (told.value.now ? Math.max(0, real.value - told.value.at) : 0)),
    leaping: computed(() => told.value.leaping),
    set(state) {
      told.value = { ...state, at: Date.now() }
    },
  }
}
