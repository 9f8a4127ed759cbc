// Our two cookies: who is signed in, and the sign-in that is on its way. No script reads them, and no other site's form sends them.
import type { CookieOptions, Request, Response } from 'express'
import { ATTEMPT_MS, SESSION_MS } from '../../app/sign-in.ts'

const LIVES = { duban_session: SESSION_MS, duban_attempt: ATTEMPT_MS } as const

type CookieName = keyof typeof LIVES

/** Its value, which is ours only once its signature was checked; empty when it did not come. */
export function cookieOf(request: Request, name: CookieName): string {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim())
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''
}

/** `publicUrl`: the cookie is for the pages under its /m alone, and under https for https alone. */
export function setCookie(response: Response, publicUrl: string, name: CookieName, value: string): void {
  response.cookie(name, value, { ...optionsFor(publicUrl), maxAge: LIVES[name] })
}

/** Forgets it. */
export function dropCookie(response: Response, publicUrl: string, name: CookieName): void {
  response.clearCookie(name, optionsFor(publicUrl))
}

/** The address of 我的任务 as a path, ending in a slash: other pages lie below it. */
export const homeOf = (publicUrl: string): string => `${new URL(publicUrl).pathname.replace(/\/+$/, '')}/m/`

function optionsFor(publicUrl: string): CookieOptions {
  return {
    path: homeOf(publicUrl).slice(0, -1),
    httpOnly: true,
    secure: publicUrl.startsWith('https:'),
    // Not `strict`: the visitor comes back from the platform's own site.
    sameSite: 'lax',
  }
}
