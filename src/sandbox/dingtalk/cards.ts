// Interactive cards: made once for each outTrackId, delivered to spaces, redrawn by updates, and remembered over restarts.
import { randomUUID } from 'node:crypto'
import type { Bubble, ShownCard } from '../world.ts'
import { schemaFaults } from './card-form.ts'
import { checkTemplate, outTrackIdOf, paramsOf, type Space, spaceProblem, spacesOf } from './card-request.ts'
import { drawCard, type Params } from './draw.ts'
import type { Platform } from './platform.ts'
import { type Body, isBody, Refusal } from './refusal.ts'

/** A card as the platform keeps it. `views` holds what single people see differently (private over public). */
export type CardInstance = {
  readonly outTrackId: string
  readonly template: string
  readonly callbacks: boolean
  readonly params: Params
  readonly views: Readonly<Record<string, Params>>
  readonly spaces: readonly Space[]
  readonly mentions: readonly string[]
}

export type Delivery = {
  readonly spaceType: string
  readonly spaceId: string
  readonly success: boolean
  readonly carrierId?: string
  readonly errorMsg?: string
}

const memoryKey = (outTrackId: string): string => `dingtalk:card:${outTrackId}`
const bubbleId = (outTrackId: string, chat: string): string => `dt-card-${outTrackId}-${chat}`

export class Cards {
  private readonly platform: Platform
  // Answers to presses that are still awaited: an update now is what the documents forbid.
  private readonly pressed = new Set<string>()
  private readonly complain: (what: string) => void

  constructor(platform: Platform, complain: (what: string) => void) {
    this.platform = platform
    this.complain = complain
  }

  /** Answers createAndDeliver. HTTP 200 with a space that got nothing is possible (field report). */
  create(body: Body): { success: true; result: { outTrackId: string; deliverResults: Delivery[] } } {
    const spaces = spacesOf(this.platform, body)
    const results = spaces.map((space) => ({ space, problem: spaceProblem(this.platform, space) }))
    const reached = results.filter(({ problem }) => problem === undefined).map(({ space }) => space)
    const { outTrackId } = this.make(body, reached)
    return { success: true, result: { outTrackId, deliverResults: results.map(resultOf) } }
  }

  /** Answers the creation alone: an instance that nobody sees yet (documented). */
  createOnly(body: Body): { success: true; result: string } {
    return { success: true, result: this.make(body, []).outTrackId }
  }

  private make(body: Body, spaces: readonly Space[]): CardInstance {
    const template = checkTemplate(this.platform, body)
    const outTrackId = outTrackIdOf(body)
    const params = paramsOf(body.cardData) ?? {}
    // Documented; another text says that a repeat is silently ignored.
    if (this.find(outTrackId)) throw new Refusal('param.cardAlreadyExist')
    const card: CardInstance = {
      outTrackId,
      template,
      // Without it no press is ever told (field report).
      callbacks: body.callbackType === 'STREAM',
      params,
      views: {},
      spaces,
      mentions: mentionsOf(body),
    }
    this.save(card)
    return card
  }

  /** Answers the update: everything not named is cleared unless the update is by key (documented). */
  update(body: Body): { success: true; result: true } {
    const card = this.find(outTrackIdOf(body))
    if (!card) throw new Refusal('param.cardNotExist')
    const params = paramsOf(body.cardData)
    const people = isBody(body.privateData) ? body.privateData : undefined
    if (!params && !people) throw new Refusal('param.cardDataAndPrivateDataBothEmpty')
    if (this.pressed.has(card.outTrackId)) this.complain('a card was updated before its press was answered')
    const options = isBody(body.cardUpdateOptions) ? body.cardUpdateOptions : {}
    const views = { ...card.views }
    for (const [account, data] of Object.entries(people ?? {})) {
      views[account] = merge(views[account], paramsOf(data) ?? {}, options.updatePrivateDataByKey)
    }
    const shared = params ? merge(card.params, params, options.updateCardDataByKey) : card.params
    this.save({ ...card, params: shared, views })
    return { success: true, result: true }
  }

  find(outTrackId: string): CardInstance | undefined {
    const text = this.platform.world.recall(memoryKey(outTrackId))
    return text ? (JSON.parse(text) as CardInstance) : undefined
  }

  /** The card as this person sees it. */
  viewOf(account: string, outTrackId: string): ShownCard | undefined {
    const card = this.find(outTrackId)
    return card && this.draw(card, { ...card.params, ...card.views[account] })
  }

  /** Opens or closes the time in which a press is being answered. */
  answering(outTrackId: string, open: boolean): void {
    if (open) this.pressed.add(outTrackId)
    else this.pressed.delete(outTrackId)
  }

  /** The answer to a press: public data too is shown to the presser alone (documented). */
  applyAnswer(account: string, outTrackId: string, answer: unknown): void {
    const card = this.find(outTrackId)
    if (!card || !isBody(answer)) return
    const seen = [answer.cardData, answer.userPrivateData].map((data) => paramsOf(data) ?? {})
    this.save({
      ...card,
      views: { ...card.views, [account]: Object.assign({}, card.views[account], ...seen) },
    })
  }

  private draw({ outTrackId, template }: CardInstance, params: Params): ShownCard {
    return drawCard(outTrackId, params, this.platform.templates.get(template)?.form)
  }

  private save(card: CardInstance): void {
    for (const fault of schemaFaults(card.params.form)) this.complain(fault)
    const { world, clock } = this.platform
    world.remember(memoryKey(card.outTrackId), JSON.stringify(card))
    for (const { id: chat } of card.spaces) {
      const id = bubbleId(card.outTrackId, chat)
      const bubble: Bubble = {
        id,
        platform: 'dingtalk',
        chat,
        // Redrawn in its place.
        at: world.find(id)?.at ?? clock.now(),
        from: 'bot',
        card: this.draw(card, card.params),
        ...(card.mentions.length > 0 && { mentions: card.mentions }),
      }
      world.show(bubble)
    }
  }
}

const merge = (old: Params | undefined, fresh: Params, byKey: unknown): Params =>
  byKey === true ? { ...old, ...fresh } : fresh

function resultOf({ space, problem }: { space: Space; problem: string | undefined }): Delivery {
  const where = { spaceType: space.type, spaceId: space.id }
  return problem === undefined
    ? { ...where, success: true, carrierId: randomUUID() }
    : { ...where, success: false, errorMsg: problem }
}

function mentionsOf(body: Body): string[] {
  const model = body.imGroupOpenDeliverModel
  return isBody(model) && isBody(model.atUserIds) ? Object.keys(model.atUserIds) : []
}
