/** What a browser shows when it has come to rest. */
export interface Shown {
  readonly url: URL;
  readonly status: number;
  readonly text: string;
}

interface Cookie {
  readonly host: string;
  readonly path: string;
  readonly name: string;
  readonly value: string;
}

/** A browser without a screen: it keeps cookies, follows redirects, presses links and sends forms. */
export class BrowserJar {
  cookies: Cookie[] = [];
  /** Does not go to addresses that hold this, and shows where it would have gone. */
  stopsAt: string | undefined;
  shown: Shown | undefined;

  get page(): Shown {
    if (!this.shown) throw new Error("The browser shows nothing yet.");
    return this.shown;
  }

  async open(address: string | URL, init: RequestInit = {}): Promise<Shown> {
    let url = new URL(address, this.shown?.url);
    let request = init;
    for (let hops = 0; hops < 15; hops += 1) {
      const headers = new Headers(request.headers);
      const cookie = this.#cookiesFor(url);
      if (cookie) headers.set("cookie", cookie);
      // A body that was refused unread ends its connection, which nothing else is to use.
      headers.set("connection", "close");
      const response = await fetch(url, { ...request, headers, redirect: "manual" });
      for (const line of response.headers.getSetCookie()) this.#keep(url, line);
      const text = await response.text();
      const location = response.headers.get("location");
      if (response.status < 300 || response.status > 399 || location === null)
        return this.#show({ url, status: response.status, text });
      url = new URL(location, url);
      if (this.stopsAt !== undefined && url.href.includes(this.stopsAt))
        return this.#show({ url, status: 0, text: "" });
      request = {};
    }
    throw new Error("It is sent around in circles.");
  }

  /** Presses the link to an address that ends so. */
  follow(end: string): Promise<Shown> {
    const links = [...this.page.text.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, href = ""]) => plain(href));
    const href = links.find((one) => one.endsWith(end));
    if (href === undefined) throw new Error(`There is no link to …${end}, but to ${links.join(" ")}`);
    return this.open(href);
  }

  /** Sends the form of the page, filled in; where there are several, that to an address which ends so. */
  submit(fields: Readonly<Record<string, string>> = {}, end = ""): Promise<Shown> {
    const forms = [...this.page.text.matchAll(/<form [^>]*action="([^"]*)"[^>]*>(.*?)<\/form>/gs)];
    const [, action = "", inner = ""] = forms.find(([, one = ""]) => one.endsWith(end)) ?? [];
    if (inner === "") throw new Error(`There is no form to …${end}`);
    const given = [...inner.matchAll(/<input [^>]*name="([^"]+)"[^>]*?value="([^"]*)"/g)];
    const values = Object.fromEntries(given.map(([, name = "", value = ""]) => [name, plain(value)]));
    const body = new URLSearchParams({ ...values, ...fields });
    return this.open(action, { method: "POST", body });
  }

  cookie(name: string): string | undefined {
    return this.cookies.find((one) => one.name === name)?.value;
  }

  #show(shown: Shown): Shown {
    this.shown = shown;
    return shown;
  }

  #cookiesFor({ host, pathname }: URL): string {
    return this.cookies
      .filter((one) => one.host === host && pathname.startsWith(one.path))
      .map(({ name, value }) => `${name}=${value}`)
      .join("; ");
  }

  #keep({ host }: URL, line: string): void {
    const [pair = "", ...attributes] = line.split(/;\s*/);
    const [, name = "", value = ""] = /^([^=]+)=(.*)$/s.exec(pair) ?? [];
    const path = attributes.find((one) => /^path=/i.test(one))?.slice(5) ?? "/";
    this.cookies = this.cookies.filter((one) => one.host !== host || one.name !== name || one.path !== path);
    const isGone = value === "" || /max-age=0|expires=thu, 01 jan 1970/i.test(line);
    if (!isGone) this.cookies.push({ host, path, name, value });
  }
}

const plain = (text: string): string =>
  text
    .replaceAll("&amp;", "&")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");
