import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Backlog } from "./prisma/backlog.ts";

/** Figures for whoever runs the assistant: how much, how fast, how many in trouble. Never who or what. */
export interface Metrics {
  /** Contacts were answered, and it took so long from reading their messages to having saved. */
  turned(contacts: number, ms: number): void;
  /** A send ended so on a channel. */
  sent(channel: string, outcome: string): void;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

/** @param backlog read when the figures are asked for */
export function createMetrics(backlog: () => Promise<Backlog>): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const turns = new Counter({ name: "assistant_turns_total", help: "Contacts answered.", registers });
  const latency = new Histogram({
    name: "assistant_turn_seconds",
    help: "From reading messages that wait to having saved their answers.",
    buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
    registers,
  });
  const sends = new Counter({
    name: "assistant_sends_total",
    help: "Calls to platforms by channel and outcome.",
    labelNames: ["channel", "outcome"],
    registers,
  });
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const gauges: Readonly<Record<keyof Backlog, Gauge>> = {
    inbox: gauge("assistant_inbox_waiting", "Messages not answered yet."),
    inboxAge: gauge("assistant_inbox_age_seconds", "How long the oldest of them has waited."),
    outbox: gauge("assistant_outbox_waiting", "Messages to be sent now or being sent."),
    outboxAge: gauge(
      "assistant_outbox_age_seconds",
      "How long the oldest of them has waited since it was due.",
    ),
    setAside: gauge("assistant_outbox_set_aside", "Messages given up in the last day, or of unknown fate."),
    stuck: gauge("assistant_sessions_stuck", "Contacts whose message has waited for over a minute."),
  };
  return {
    turned(contacts, ms) {
      turns.inc(contacts);
      latency.observe(ms / 1000);
    },
    sent: (channel, outcome) => sends.inc({ channel, outcome }),
    async text() {
      const now = await backlog();
      gauges.inbox.set(now.inbox);
      gauges.inboxAge.set(now.inboxAge);
      gauges.outbox.set(now.outbox);
      gauges.outboxAge.set(now.outboxAge);
      gauges.setAside.set(now.setAside);
      gauges.stuck.set(now.stuck);
      return registry.metrics();
    },
  };
}
