import { createServer, type IncomingMessage } from "node:http";
import { z } from "zod";

/** What goes wrong next, instead of an answer. */
export type SmsFault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | "silence"
  | "cut";

/** RFC 8259's media type, E.164's digits; a gateway that is asked for anything else says 400. */
const order = z.strictObject({
  to: z.string().regex(/^\+[1-9]\d{5,14}$/),
  text: z.string().min(1).max(1530),
});

/** An SMS gateway on loopback: it enforces its contract, keeps what it takes, and goes wrong on demand. */
export class FakeSmsGateway {
  readonly token = "sms-token";
  readonly sent: z.infer<typeof order>[] = [];
  readonly faults: SmsFault[] = [];
  readonly #server = createServer(async (request, response) => {
    const body = await read(request);
    const fault = this.faults.shift();
    if (fault === "cut") return response.destroy();
    if (fault === "silence") return undefined;
    const status = fault?.status ?? this.#take(request, body);
    return response.writeHead(status, { "content-type": "application/json", ...fault?.headers }).end("{}");
  });

  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The fake does not listen yet.");
    return `http://127.0.0.1:${address.port}/send`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #take({ method, url, headers }: IncomingMessage, body: string): number {
    if (url !== "/send") return 404;
    if (method !== "POST") return 405;
    if (headers.authorization !== `Bearer ${this.token}`) return 401;
    if (headers["content-type"] !== "application/json") return 415;
    const read = order.safeParse(json(body));
    if (!read.success) return 400;
    this.sent.push(read.data);
    return 202;
  }
}

async function read(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request.setEncoding("utf8")) body += chunk;
  return body;
}

function json(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
