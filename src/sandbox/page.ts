// The demo page: a whole imitated office in a browser, served to this machine only.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import express from 'express'
import helmet from 'helmet'
import type { Log } from '../app/ports.ts'
import type { DemoOffice } from './office.ts'
import { pageApi } from './page/api.ts'
import { answerErrors } from './page/errors.ts'
import { onlyLoopbackHost } from './page/guard.ts'

export type PageOptions = {
  /** Where `npm run build` puts the page (dist/sandbox-ui). */
  readonly uiDirectory: string
  readonly log?: Pick<Log, 'error'>
}

/** The router to mount at /sandbox: the page itself and, under api/, what it needs. */
export function sandboxRouter(office: DemoOffice, options: PageOptions): express.Router {
  const router = express.Router()
  router.use(onlyLoopbackHost, pageHeaders())
  router.use('/api', pageApi(office, options.log))
  router.use(buildNeeded(options.uiDirectory))
  // The names of built files carry their hash; the page that names them must always be asked for.
  router.use(
    '/assets',
    express.static(join(options.uiDirectory, 'assets'), { immutable: true, maxAge: '1y' }),
  )
  router.use(express.static(options.uiDirectory, { cacheControl: false }))
  router.use(answerErrors(options.log))
  return router
}

function pageHeaders(): express.RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Plain http on loopback: a browser that remembered https for localhost would lock out other programs.
    strictTransportSecurity: false,
  })
}

const MISSING_BUILD = `<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>督办助手演练</title>
<h1>页面还没有生成</h1><p>请在项目目录里运行 <code>npm run build</code>，然后刷新这个页面。</p></html>`

// Looked up at each request, so that a build made meanwhile is found without a restart.
function buildNeeded(uiDirectory: string): express.RequestHandler {
  return (_request, response, next) => {
    if (existsSync(join(uiDirectory, 'index.html'))) return next()
    response.status(503).type('html').send(MISSING_BUILD)
  }
}
