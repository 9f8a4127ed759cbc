// Misfortunes of the imitated WeCom: those of the bot's connection and those of the self-built app, each switched by its name.
import type { FaultBox, Switches } from '../faults.ts'

/**
 * `drop-ack`: carried out, the answer is lost. `delay-ack`: answered late. `cut-socket`: carried out, then cut instead of answered.
 * `duplicate-callback`: a message is pushed twice. `not-json`: a page is pushed before a callback. `zombie`: from this frame on the
 * connection looks alive and carries nothing (several reports).
 */
export type FaultName = 'drop-ack' | 'delay-ack' | 'cut-socket' | 'duplicate-callback' | 'not-json' | 'zombie'

/**
 * Requests to the app's side. `drop-response`: carried out, the connection is cut instead of answered. `reset`: cut before it is carried out.
 * `slow`: carried out, answered late. `html-page`: a gateway's page instead of JSON, not carried out. `token-dies`: the token is
 * taken back early (documented: 获取 access_token). `untrusted-ip`: 60020 (several reports). `silent-drop`: answered 0 and shown to nobody
 * (documented for what exceeds the caps; here by chance). `names-invalid`: answered 0 and yet every receiver is in `invaliduser`.
 * Callbacks to the product. `lost-callback`: never sent (documented: no guarantee). `repeat-callback`: delivered again though acknowledged
 * (several reports). `reorder-callback`: the next one overtakes it. `bad-signature`, `wrong-receiver`, `plain-callback`: a forger's
 * (one report for the last): the true one follows.
 */
export type AppFaultName =
  | 'drop-response'
  | 'reset'
  | 'slow'
  | 'html-page'
  | 'token-dies'
  | 'untrusted-ip'
  | 'silent-drop'
  | 'names-invalid'
  | 'lost-callback'
  | 'repeat-callback'
  | 'reorder-callback'
  | 'bad-signature'
  | 'wrong-receiver'
  | 'plain-callback'

/** What tests and the demo turn; codes are errcodes. */
export type FaultSwitches = Switches<FaultName, number>
export type Faults = FaultBox<FaultName, number>
export type AppFaultSwitches = Switches<AppFaultName, number>
export type AppFaults = FaultBox<AppFaultName, number>
