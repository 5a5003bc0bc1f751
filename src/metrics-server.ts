import { createServer, type Server } from 'node:http';
import { collectDefaultMetrics, Counter, Histogram, Registry } from 'prom-client';
import { Failure } from './failure.ts';
import type { Metrics } from './metrics.ts';

export interface MetricsServer extends Metrics {
  close(): Promise<void>;
}

export interface Observed {
  /** Why Epoch cannot serve; undefined when it can. */
  readonly trouble: () => string | undefined;
  /** What the database has done so far. */
  readonly database: () => { readonly statements: number; readonly seconds: number };
}

/**
 * Serves `/metrics` for Prometheus and `/healthz` on this machine only: 200, or 503 with what `trouble` says.
 * @throws {Failure} when the port is taken
 */
export async function serveMetrics(port: number, { trouble, database }: Observed): Promise<MetricsServer> {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const interactions = new Histogram({
    name: 'epoch_interaction_seconds',
    help: 'Time from the arrival of an interaction to the end of serving it',
    labelNames: ['name', 'outcome'],
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3],
    registers: [register],
  });
  const dailies = new Counter({
    name: 'epoch_dailies_total',
    help: 'Daily posts by what became of them',
    labelNames: ['outcome'],
    registers: [register],
  });
  const counted = (name: string, help: string, value: () => number) =>
    new Counter({
      name,
      help,
      registers: [register],
      collect() {
        this.reset();
        this.inc(value());
      },
    });
  counted('epoch_database_statements_total', 'Statements that SQLite has run', () => database().statements);
  counted('epoch_database_seconds_total', 'Time spent in SQLite', () => database().seconds);
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0];
    if (path === '/healthz') {
      const reason = trouble();
      response.writeHead(reason === undefined ? 200 : 503, { 'content-type': 'text/plain' });
      response.end(`${reason ?? 'ok'}\n`);
    } else if (path === '/metrics') {
      void register.metrics().then((text) => {
        response.writeHead(200, { 'content-type': register.contentType });
        return response.end(text);
      });
    } else {
      response.writeHead(404).end();
    }
  });
  await listen(server, port);
  return {
    interaction: (name, outcome, seconds) => interactions.observe({ name, outcome }, seconds),
    daily: (outcome) => dailies.inc({ outcome }),
    close: () =>
      new Promise((closed) => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((listening, failed) => {
    server.once('error', () => failed(new Failure(`METRICS_PORT: port ${port} is taken.`)));
    server.listen(port, '127.0.0.1', listening);
  });
}
