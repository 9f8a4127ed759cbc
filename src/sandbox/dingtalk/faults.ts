// Misfortunes by name, drawn from a seed so that a bad day can be lived through again.
import type { FaultBox, Switches } from '../faults.ts'

/**
 * `drop-response`: carried out, the answer is lost. `reset`: cut before it is carried out. `slow`: answered late. `html-page`: a page instead of JSON,
 * as from the address block (documented). `gateway-down`: no new connections (503, field report). `duplicate-push`: pushed twice though acknowledged
 * (documented for events). `lost-ack`: the acknowledgement is not noticed, so the push comes again (field report). `late-push`: delivered only later, after
 * what was said after it (field report). `zombie`: the connection looks alive and carries nothing (field report). `blocked`: the address called too often
 * (documented). `token-gone`: the platform forgets the token before its time (field report). `bad-gateway`: a file's address answers 502 (field report).
 */
export type FaultName =
  | 'drop-response'
  | 'reset'
  | 'slow'
  | 'html-page'
  | 'gateway-down'
  | 'duplicate-push'
  | 'lost-ack'
  | 'late-push'
  | 'zombie'
  | 'blocked'
  | 'token-gone'
  | 'bad-gateway'

/** `refuse`: the next authorised calls are answered with this code without being carried out. */
export type FaultSwitches = Switches<FaultName, string>
export type Faults = FaultBox<FaultName, string>
