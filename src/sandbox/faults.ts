import type { Fault, FaultRequest } from './operator-api.ts';

export interface Faults {
  list(): Fault[];
  add(request: FaultRequest): Fault;
  remove(id: string): boolean;
  clear(): void;
  /** The faults that strike this request; each counts as used. */
  strike(method: string, path: string): Fault[];
  /** Whether Discord's own limits are in force. */
  limits(): boolean;
}

const wildcard = (text: string): string =>
  text.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*');

const toPattern = (route: string): RegExp => {
  const [method, path] = route.includes(' ') ? (route.split(' ', 2) as [string, string]) : ['*', route];
  return new RegExp(`^${wildcard(method)} ${wildcard(path)}$`);
};

/** `random` gives numbers from 0 to 1, for faults that strike with a probability. */
export const createFaults = (publish: (faults: () => Fault[]) => void, random: () => number): Faults => {
  const active = new Map<string, { fault: Fault; pattern: RegExp | null }>();
  let next = 1;
  const list = () => [...active.values()].map((entry) => entry.fault);
  const changed = () => publish(list);

  return {
    list,
    add: (request) => {
      const fault: Fault = { ...request, id: String(next++), left: request.times ?? null };
      active.set(fault.id, { fault, pattern: request.route === undefined ? null : toPattern(request.route) });
      changed();
      return fault;
    },
    remove: (id) => {
      const found = active.delete(id);
      if (found) changed();
      return found;
    },
    clear: () => {
      active.clear();
      changed();
    },
    strike: (method, path) => {
      if (active.size === 0) return [];
      const struck: Fault[] = [];
      for (const { fault, pattern } of active.values()) {
        if (fault.kind === 'limits' || (pattern && !pattern.test(`${method} ${path}`))) continue;
        if (random() >= (fault.probability ?? 1)) continue;
        struck.push(fault);
        if (fault.left !== null && --fault.left <= 0) active.delete(fault.id);
      }
      if (struck.length > 0) changed();
      return struck;
    },
    limits: () => active.size > 0 && list().some((fault) => fault.kind === 'limits'),
  };
};
