import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { access, chown, mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "./assistant-process.ts";
import { until } from "./until.ts";

/** A PostgreSQL server of the test's own, which may be broken as nobody else's may. */
export interface OwnServer {
  readonly url: string;
  /** Where all that it writes is: its data, its log of changes, and what it tells of itself. */
  readonly folder: string;
  /** Ends it at once as a crash would, and starts it again: it recovers from its log. Resolves when it serves. */
  crash(): Promise<void>;
  /** As a crash, with `kill -9`: its processes find their head gone, and leave everything as it is. */
  kill(): Promise<void>;
  /** The content of a database, as `pg_dump` writes it. */
  dump(url: string): Promise<string>;
  close(): Promise<void>;
}

/** PostgreSQL refuses to run as root; as root it is run as nobody, whom every Linux knows by this number. */
const NOBODY = 65534;

/**
 * Makes a server in a folder of its own, with the programs of a PostgreSQL that is installed here.
 *
 * @param settings such as `log_statement=all`
 * @returns `undefined` where none is: a server elsewhere, in a container for one, brings no programs
 */
export async function ownServer(settings: readonly string[] = []): Promise<OwnServer | undefined> {
  const bin = await findPrograms();
  if (bin === undefined) return undefined;
  const asRoot = process.getuid?.() === 0;
  const who = asRoot ? { uid: NOBODY, gid: NOBODY } : {};
  const folder = await mkdtemp(join(tmpdir(), "bene-comune-server-"));
  if (asRoot) await chown(folder, NOBODY, NOBODY);
  const data = join(folder, "data");
  const port = await freePort();
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`;
  const run = (program: string, ...args: string[]): ChildProcess =>
    spawn(join(bin, program), args, { ...who, cwd: folder, stdio: "ignore" });

  const made = run("initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C");
  await once(made, "close");
  if (made.exitCode !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`initdb ended with ${made.exitCode}.`);
  }

  async function start(): Promise<ChildProcess> {
    const set = settings.flatMap((setting) => ["-c", setting]);
    const begin = () => run("postgres", "-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", "", ...set);
    let started = begin();
    await until(
      async () => {
        // It does not start for as long as processes of the one before live.
        if (started.exitCode !== null) started = begin();
        return answers(url);
      },
      (is) => is,
      60_000,
    );
    return started;
  }

  /** `SIGQUIT` is an immediate shutdown: nothing is finished and nothing is written down. */
  async function end(server: ChildProcess, signal: "SIGQUIT" | "SIGKILL" = "SIGQUIT"): Promise<void> {
    const ended = once(server, "close");
    server.kill(signal);
    await ended;
  }

  let server = await start();
  return {
    url,
    folder,
    async crash() {
      await end(server);
      server = await start();
    },
    async kill() {
      await end(server, "SIGKILL");
      server = await start();
    },
    async dump(of) {
      const dumping = promisify(execFile);
      return (await dumping(join(bin, "pg_dump"), [of], { maxBuffer: 256 * 1024 * 1024 })).stdout;
    },
    async close() {
      await end(server);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** On the path, or where Debian keeps them beside it. */
async function findPrograms(): Promise<string | undefined> {
  const debian = "/usr/lib/postgresql";
  const versions = await readdir(debian).catch(() => []);
  const folders = [
    ...(process.env["PATH"] ?? "").split(delimiter),
    ...versions.map((version) => join(debian, version, "bin")),
  ];
  for (const folder of folders) {
    const isThere = (program: string) =>
      access(join(folder, program)).then(
        () => true,
        () => false,
      );
    // Links to some of them may stand apart from the others.
    if ((await isThere("initdb")) && (await isThere("postgres"))) {
      return dirname(await realpath(join(folder, "initdb")));
    }
  }
  return undefined;
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined); // it may end while it begins
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}
