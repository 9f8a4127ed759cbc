// What the imitated app may read of itself and of members (documented: 获取应用, 读取成员; a new app is told little).
import { type AppAnswer, type AppPlatform, type AppRequest, isVisible, memberOf, no, OK } from './platform.ts'

/** (recalled) The fields that are answered. */
export function agentOf(platform: AppPlatform, { query }: AppRequest): AppAnswer {
  if (query.get('agentid') !== String(platform.agentId))
    return no(platform, 301002, 'not allow operate another agent with this accesstoken')
  return {
    ...OK,
    agentid: platform.agentId,
    close: 0,
    redirect_domain: platform.trustedDomain ?? '',
  }
}

export function userOf(platform: AppPlatform, { query }: AppRequest): AppAnswer {
  const member = memberOf(platform, query.get('userid') ?? '')
  if (!member) return no(platform, 60111, 'userid not found')
  if (!isVisible(platform, member))
    return no(platform, 60011, 'no privilege to access/modify contact/party/agent')
  return { ...OK, userid: member.account, name: member.name, department: [1] }
}
