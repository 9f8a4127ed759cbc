// What the platform checks before it makes or changes a card, with the documented codes.
import type { Params } from './draw.ts'
import { groupOf, isReachable, type Platform } from './platform.ts'
import { type Body, isBody, Refusal, required } from './refusal.ts'

export type Space = { readonly type: 'IM_GROUP' | 'IM_ROBOT'; readonly id: string }

/** Documented, all of them; larger values were seen to pass in AI cards (field report). */
const MAX_ID = 100
const MAX_SPACES = 1_000
const MAX_KEY_BYTES = 100
const MAX_VALUE_BYTES = 1_024
const MAX_DATA_BYTES = 100 * 1024

export function checkTemplate(platform: Platform, body: Body): string {
  const id = required(body, 'cardTemplateId', 'param.cardTemplateIdEmpty')
  const template = platform.templates.get(id)
  if (!template) throw new Refusal('param.templateNotExist')
  if (!template.published) throw new Refusal('param.templateUnpublished')
  return id
}

export function outTrackIdOf(body: Body): string {
  const id = required(body, 'outTrackId', 'param.outTrackIdEmpty')
  if (id.length > MAX_ID) throw new Refusal('param.invalid', 'outTrackId too long')
  return id
}

/** Strings only: numbers, booleans and lists have to come as text. */
export function paramsOf(holder: unknown): Params | undefined {
  if (holder === undefined) return undefined
  const map = isBody(holder) ? holder.cardParamMap : undefined
  if (!isBody(map)) throw new Refusal('param.invalid', 'cardParamMap')
  let size = 0
  for (const [key, value] of Object.entries(map)) {
    if (typeof value !== 'string') throw new Refusal('param.invalid', `${key} is not a string`)
    const bytes = Buffer.byteLength(value)
    if (Buffer.byteLength(key) > MAX_KEY_BYTES || bytes > MAX_VALUE_BYTES) {
      throw new Refusal('param.invalid', `${key} too long`)
    }
    size += bytes
  }
  if (size > MAX_DATA_BYTES) throw new Refusal('param.invalid', 'cardData too long')
  return map as Params
}

/** The spaces of `dtv1.card//TYPE.id;…`, each with its space and delivery model; type names may be in lower case. */
export function spacesOf(platform: Platform, body: Body): Space[] {
  const text = required(body, 'openSpaceId', 'param.openSpaceIdEmpty')
  if (text.length > MAX_SPACES || !text.startsWith('dtv1.card//'))
    throw new Refusal('param.openSpaceIdInvalid')
  return text.split(';').map((part) => {
    const [, type, id] = /^(?:dtv1\.card\/\/)?([A-Za-z_]+)\.(.+)$/.exec(part) ?? []
    const space = type?.toUpperCase()
    if (id === undefined || (space !== 'IM_GROUP' && space !== 'IM_ROBOT')) {
      throw new Refusal('param.openSpaceIdInvalid')
    }
    checkModels(platform, body, space)
    return { type: space, id }
  })
}

function checkModels(platform: Platform, body: Body, type: Space['type']): void {
  const prefix = type === 'IM_GROUP' ? 'imGroup' : 'imRobot'
  const deliver = body[`${prefix}OpenDeliverModel`]
  if (!isBody(deliver)) throw new Refusal('param.openDeliverModelEmpty')
  const named = type === 'IM_GROUP' || deliver.robotCode !== undefined
  if (named && deliver.robotCode !== platform.robotCode) throw new Refusal('param.openDeliverModelError')
  if (type === 'IM_ROBOT' && deliver.spaceType !== 'IM_ROBOT')
    throw new Refusal('param.openDeliverModelError')
  const space = body[`${prefix}OpenSpaceModel`]
  if (space !== undefined && !(isBody(space) && typeof space.supportForward === 'boolean')) {
    throw new Refusal('param.openSpaceModelInvalid')
  }
}

/** Why the space takes no card; undefined when it does. The text was seen for a wrong id in IM_ROBOT (field report). */
export function spaceProblem(platform: Platform, { type, id }: Space): string | undefined {
  const open =
    type === 'IM_GROUP' ? groupOf(platform, id) && !platform.closedGroups.has(id) : isReachable(platform, id)
  return open ? undefined : 'spaceId is illegal'
}
