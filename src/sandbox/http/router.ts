import type { UploadedFile } from './body.ts';

export interface ApiRequest {
  method: string;
  /** Path parameters by name. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** Parsed JSON; undefined when there was no body. */
  body: unknown;
  files: UploadedFile[];
}

export interface ApiReply {
  status: number;
  /** Absent: no content. */
  body?: unknown;
}

type Handler = (request: ApiRequest) => ApiReply | Promise<ApiReply>;

export interface Route {
  method: string;
  /** `/channels/:channel/messages`. */
  pattern: string;
  handle: Handler;
  /** The token in the path is the authentication. */
  open?: boolean;
}

export interface Match {
  route: Route;
  params: Record<string, string>;
}

interface Node {
  fixed: Map<string, Node>;
  parameter: Node | null;
  routes: Map<string, { route: Route; names: string[] }>;
}

const emptyNode = (): Node => ({ fixed: new Map(), parameter: null, routes: new Map() });

/** Finds routes by path segments; a fixed segment goes before a parameter. */
export const createRouter = (routes: readonly Route[]) => {
  const root = emptyNode();
  for (const route of routes) {
    let node = root;
    const names: string[] = [];
    for (const segment of route.pattern.split('/').slice(1)) {
      if (segment.startsWith(':')) {
        names.push(segment.slice(1));
        node = node.parameter ??= emptyNode();
      } else {
        let next = node.fixed.get(segment);
        if (!next) node.fixed.set(segment, (next = emptyNode()));
        node = next;
      }
    }
    node.routes.set(route.method, { route, names });
  }

  const walk = (node: Node, segments: string[], index: number, values: string[]): Node | null => {
    if (index === segments.length) return node.routes.size > 0 ? node : null;
    const segment = segments[index]!;
    const fixed = node.fixed.get(segment);
    const found = fixed && walk(fixed, segments, index + 1, values);
    if (found) return found;
    if (!node.parameter) return null;
    values.push(segment);
    const inner = walk(node.parameter, segments, index + 1, values);
    if (!inner) values.pop();
    return inner;
  };

  /** The route, `'method'` when the path exists only for other methods, or null. */
  return (method: string, path: string): Match | 'method' | null => {
    const segments = path.split('/').slice(1);
    for (const [i, segment] of segments.entries()) {
      if (!segment.includes('%')) continue;
      try {
        segments[i] = decodeURIComponent(segment);
      } catch {
        return null;
      }
    }
    const values: string[] = [];
    const node = walk(root, segments, 0, values);
    if (!node) return null;
    const found = node.routes.get(method);
    if (!found) return 'method';
    const params: Record<string, string> = {};
    for (const [i, name] of found.names.entries()) params[name] = values[i]!;
    return { route: found.route, params };
  };
};
