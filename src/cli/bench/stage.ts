import { startSandboxProcess, type SandboxProcess } from '../../sandbox-process.ts';

/** A sandbox of its own for one measurement, and what an operator can do in it. */
export interface Stage extends SandboxProcess {
  /** A request to the operator API. */
  call<Result>(method: string, path: string, body?: object): Promise<Result>;
}

export async function openStage(): Promise<Stage> {
  const sandbox = await startSandboxProcess({ port: 0, state: '' }, () => {
    throw new Error('the sandbox ended');
  });
  return {
    ...sandbox,
    async call<Result>(method: string, path: string, body?: object): Promise<Result> {
      const response = await fetch(`${sandbox.url}/operator/${path}`, {
        method,
        ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      const answer = (await response.json()) as Result;
      if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`);
      return answer;
    },
  };
}
