// A browser without a screen: it keeps cookies, follows redirects when asked to, and is somebody on the platforms' login pages.
const LOGIN_PAGES = ['/connect/oauth2/authorize', '/oauth2/auth']

export type Page = {
  readonly url: URL
  readonly status: number
  readonly text: string
  readonly headers: Headers
  /** Where it leads, whole. */
  readonly location: URL | undefined
}

export class Visitor {
  readonly cookies = new Map<string, string>()
  readonly #agent: string
  readonly #persona: string

  /** `persona`: his account, for the imitated login pages; `agent`: what his browser calls itself. */
  constructor(persona: string, agent = '') {
    this.#persona = persona
    this.#agent = agent
  }

  /** One request, and not where it leads. */
  async open(address: string | URL, form?: Record<string, string>, headers = {}): Promise<Page> {
    const url = new URL(address)
    if (LOGIN_PAGES.includes(url.pathname)) url.searchParams.set('persona', this.#persona)
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { 'user-agent': this.#agent, ...(cookie ? { cookie } : {}), ...headers },
      ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}),
    })
    for (const line of response.headers.getSetCookie()) this.#keep(line)
    const location = response.headers.get('location')
    return {
      url,
      status: response.status,
      text: await response.text(),
      headers: response.headers,
      location: location === null ? undefined : new URL(location, url),
    }
  }

  /** Goes on until there is a page. */
  async visit(address: string | URL): Promise<Page> {
    let page = await this.open(address)
    for (let steps = 0; page.location; steps += 1) {
      if (steps > 8) throw new Error(`${page.location} leads nowhere`)
      page = await this.open(page.location)
    }
    return page
  }

  /** Goes as far as the platform's own page; its answer leads back with a code. */
  async toPlatform(address: string | URL): Promise<URL> {
    let page = await this.open(address)
    while (page.location && !LOGIN_PAGES.includes(page.url.pathname)) page = await this.open(page.location)
    if (!page.location) throw new Error(`no way back from ${page.url}: ${page.text}`)
    return page.location
  }

  #keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ')
    const [name = '', value = ''] = pair.split('=')
    const isOver = attributes.some((one) => one === 'Expires=Thu, 01 Jan 1970 00:00:00 GMT')
    if (isOver) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
