import { describe, expect, test } from 'vitest';
import { Failure } from '../src/failure.ts';
import { serveMetrics } from '../src/metrics-server.ts';

describe('serveMetrics', () => {
  test('answers Prometheus and a health check, and refuses a taken port', async () => {
    let trouble: string | undefined = 'not connected to Discord';
    const port = 20_000 + (process.pid % 20_000);
    const observed = { trouble: () => trouble, database: () => ({ statements: 12, seconds: 0.5 }) };
    const metrics = await serveMetrics(port, observed);
    metrics.interaction('quiz', 'served', 0.004);
    metrics.daily('posted');
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    const text = await (await get('/metrics')).text();
    expect(text).toContain('epoch_interaction_seconds_count{name="quiz",outcome="served"} 1');
    expect(text).toContain('epoch_dailies_total{outcome="posted"} 1');
    expect(text).toContain('epoch_database_statements_total 12');
    expect(text).toContain('epoch_database_seconds_total 0.5');
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
    const sick = await get('/healthz');
    expect([sick.status, await sick.text()]).toEqual([503, 'not connected to Discord\n']);
    trouble = undefined;
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/elsewhere')).status).toBe(404);
    await expect(serveMetrics(port, observed)).rejects.toThrow(Failure);
    await metrics.close();
  });
});
