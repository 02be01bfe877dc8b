import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { guard, STATION, type StationOptions } from "./counter.ts";
import { enrol, invitation } from "./enrol.ts";
import { chosen, find } from "./find.ts";
import { home } from "./home.ts";
import { lockedPage, takeBack } from "./lock.ts";
import { assist, mark } from "./mark.ts";
import { register, registerPage } from "./register.ts";
import { undo } from "./undo.ts";

/** The screen of a booth or an assisted station, on a phone or a tablet, under `/voto/seggio`. */
export function stationPages(options: StationOptions): Hono {
  const app = new Hono();
  const staff = guard(options, (counter) => lockedPage(counter, options));
  const anybody = guard(options, (counter) => takeBack(counter, options));
  app.use(`${STATION}/*`, bodyLimit({ maxSize: 16 * 1024 }));

  app.get(`${STATION}/attiva/:token`, (c) => invitation(c, options));
  app.post(`${STATION}/attiva/:token`, (c) => enrol(c, options));

  app.get(
    STATION,
    staff((counter) => home(counter, options)),
  );
  app.post(
    `${STATION}/cerca`,
    staff((counter) => find(counter, options)),
  );
  app.post(
    `${STATION}/persona`,
    staff((counter) => chosen(counter, options)),
  );
  app.post(
    `${STATION}/segna`,
    staff((counter) => mark(counter, options)),
  );
  app.post(
    `${STATION}/annulla`,
    staff((counter) => undo(counter, options)),
  );
  app.get(
    `${STATION}/albo`,
    staff((counter) => registerPage(counter, options)),
  );
  app.post(
    `${STATION}/albo`,
    staff((counter) => register(counter, options)),
  );
  app.post(
    `${STATION}/assistito`,
    staff((counter) => assist(counter, options)),
  );
  app.post(
    `${STATION}/riprendi`,
    anybody((counter) => takeBack(counter, options)),
  );
  // What was sent by a form and is asked for again, as where somebody goes back.
  app.get(`${STATION}/*`, (c) => c.redirect(STATION, 303));
  return app;
}
