// Every endpoint of the imitation, with the right it needs and the permission that the documents name.
import type { Cards } from './cards.ts'
import type { Dings } from './dings.ts'
import type { Gateway } from './gateway.ts'
import type { GroupRobots } from './group-robots.ts'
import type { Logins } from './logins.ts'
import type { Media } from './media.ts'
import type { Robot } from './robot.ts'
import type { SentMessages } from './sent-messages.ts'
import type { Route } from './server.ts'
import type { Todos } from './todos.ts'
import type { AccessTokens } from './tokens.ts'

export type Endpoints = {
  readonly tokens: AccessTokens
  readonly gateway: Gateway
  readonly robot: Robot
  readonly sent: SentMessages
  readonly groupRobots: GroupRobots
  readonly cards: Cards
  readonly media: Media
  readonly todos: Todos
  readonly dings: Dings
  readonly logins: Logins
  readonly base: () => string
}

const ROBOT = 'qyapi_robot_sendmsg'
const CARD = 'Card.Instance.Write'

export function routesOf(parts: Endpoints): Record<string, Route> {
  return { ...openRoutes(parts), ...robotRoutes(parts), ...cardRoutes(parts), ...personRoutes(parts) }
}

function openRoutes({ tokens, gateway, logins, base }: Endpoints): Record<string, Route> {
  return {
    'POST /v1.0/oauth2/accessToken': { access: 'open', handle: ({ body }) => tokens.issue(body) },
    'POST /v1.0/gateway/connections/open': {
      access: 'open',
      handle: ({ body, headers }) => gateway.open(body, headers.accept, new URL(base()).host),
    },
    'POST /v1.0/oauth2/userAccessToken': { access: 'open', handle: ({ body }) => logins.userToken(body) },
    // The token of a person, not of the application.
    'GET /v1.0/contact/users/me': {
      access: 'open',
      handle: ({ headers }) => logins.me(headers['x-acs-dingtalk-access-token']?.toString()),
    },
  }
}

function robotRoutes({ robot, sent, groupRobots, media, base }: Endpoints): Record<string, Route> {
  const route = (handle: Route['handle']): Route => ({ access: 'token', scope: ROBOT, handle })
  return {
    'POST /v1.0/robot/groupMessages/send': route(({ body }) => robot.sendToGroup(body)),
    'POST /v1.0/robot/oToMessages/batchSend': route(({ body }) => robot.sendToPeople(body)),
    'POST /v1.0/robot/groupMessages/recall': route(({ body }) => sent.recall(body, true)),
    'POST /v1.0/robot/otoMessages/batchRecall': route(({ body }) => sent.recall(body, false)),
    'POST /v1.0/robot/groupMessages/query': route(({ body }) => sent.groupReaders(body)),
    'GET /v1.0/robot/oToMessages/readStatus': route(({ query }) => sent.readStatus(query)),
    'POST /v1.0/robot/messageFiles/download': route(({ body }) => media.address(body, base())),
    'POST /robot/sendBySession': {
      access: 'session',
      handle: ({ body, query }) => robot.reply(query.get('session') ?? '', body),
    },
    'POST /robot/send': { access: 'session', handle: ({ body, query }) => groupRobots.send(body, query) },
  }
}

function cardRoutes({ cards }: Endpoints): Record<string, Route> {
  return {
    'POST /v1.0/card/instances/createAndDeliver': {
      access: 'token',
      scope: CARD,
      handle: ({ body }) => cards.create(body),
    },
    'POST /v1.0/card/instances': {
      access: 'token',
      scope: CARD,
      handle: ({ body }) => cards.createOnly(body),
    },
    'PUT /v1.0/card/instances': { access: 'token', scope: CARD, handle: ({ body }) => cards.update(body) },
  }
}

function personRoutes({ todos, dings, logins }: Endpoints): Record<string, Route> {
  const todo = 'Todo.Todo.Write'
  return {
    'POST /v1.0/todo/users/:unionId/tasks': {
      access: 'token',
      scope: todo,
      handle: ({ body, path }) => todos.create(body, path.unionId ?? ''),
    },
    'PUT /v1.0/todo/users/:unionId/tasks/:taskId': {
      access: 'token',
      scope: todo,
      handle: ({ body, path }) => todos.update(body, path.taskId ?? ''),
    },
    'POST /v1.0/robot/ding/send': {
      access: 'token',
      scope: 'Premium.Ding.Write',
      handle: ({ body }) => dings.send(body),
    },
    'POST /topapi/v2/user/getuserinfo': contact(({ body }) => logins.userInfo(body)),
    'POST /topapi/user/getbyunionid': contact(({ body }) => logins.byUnionId(body)),
    'POST /topapi/v2/user/get': contact(({ body }) => logins.user(body)),
  }
}

const contact = (handle: Route['handle']): Route => ({ access: 'token', host: 'old', free: true, handle })
