// The JSON Schema of the import files, for editors that check while a clerk types.
import { z } from 'zod'
import { delegationRow, groupRow, holdingRow, personRow, postRow, projectRow, unitRow } from './formats.ts'
import { planRow } from './formats-plan.ts'

/** JSON Schema 2020-12 of one file; any section may be absent. */
export function importJsonSchema(): object {
  const file = z.strictObject({
    units: z.array(unitRow).exactOptional(),
    people: z.array(personRow).exactOptional(),
    posts: z.array(postRow).exactOptional(),
    holdings: z.array(holdingRow).exactOptional(),
    delegations: z.array(delegationRow).exactOptional(),
    projects: z.array(projectRow).exactOptional(),
    groups: z.array(groupRow).exactOptional(),
    plans: z.array(planRow).exactOptional(),
  })
  return z.toJSONSchema(file, { io: 'input' })
}
