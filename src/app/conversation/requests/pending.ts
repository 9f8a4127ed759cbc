// What somebody was asked about a request and may be answering now; kept with what he is being asked, so that it survives restarts.
import type { Leave } from '../../../core/request/leave.ts'
import type { Registration } from '../../../core/request/registration.ts'

/** Tasks and requests by their ids; `revision` is the one that the pressed card showed. */
export type Pending =
  | { readonly type: 'until'; readonly task: string; readonly why?: string }
  | { readonly type: 'other-date'; readonly request: string; readonly revision: number }
  | {
      readonly type: 'reason'
      readonly verb: 'refuse' | 'return-reg'
      readonly request: string
      readonly revision: number
    }
  | { readonly type: 'hand-off'; readonly task: string }
  | { readonly type: 'registration'; readonly task: string; readonly fields: Registration }
  /** `to`: the person's key, once he is certain. */
  | { readonly type: 'leave'; readonly leave: Leave; readonly to?: string }
  | { readonly type: 'complaint' }
