/** Serves the page's files. TypeScript is stripped of its types on the way, so the page needs no build step. */
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, resolve, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { libraries } from '../page-assets.ts';

const pageRoot = resolve(import.meta.dirname, '../page');
const packageRoot = resolve(import.meta.dirname, '../../../node_modules');

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

interface Asset {
  modified: number;
  type: string;
  body: Buffer;
  gzipped: Buffer;
  etag: string;
  policy: string;
}

const hash = (data: string | Buffer) => createHash('sha256').update(data).digest('base64');

/** Nothing from elsewhere but pictures (attachments name the address 127.0.0.1, whatever the page is called); the only inline scripts are those written in the page (its import map). */
const contentSecurityPolicy = (html: string): string => {
  const inline = [...html.matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g)];
  return [
    `default-src 'none'`,
    [`script-src 'self'`, ...inline.map((match) => `'sha256-${hash(match[1]!)}'`)].join(' '),
    `style-src 'self'`,
    `img-src 'self' data: https: http://127.0.0.1:* http://localhost:*`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
  ].join('; ');
};

const modifiedAt = (file: string): number | null => {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat?.isFile() === true ? stat.mtimeMs : null;
};

/** The file behind a path, or null for what is not served. */
const fileOf = (path: string): string | null => {
  if (path === '/') return join(pageRoot, 'index.html');
  if (!path.startsWith('/page/')) return null;
  const name = path.slice('/page/'.length);
  if (name.startsWith('lib/')) {
    const library = libraries[name.slice('lib/'.length)];
    return library === undefined ? null : join(packageRoot, library);
  }
  const file = resolve(pageRoot, name);
  if (!file.startsWith(pageRoot + sep) || !(extname(file) in types)) return null;
  const source = file.replace(/\.js$/, '.ts');
  return modifiedAt(file) === null && modifiedAt(source) !== null ? source : file;
};

const cache = new Map<string, Asset>();

/** An edited file is read again, so that work on the page needs no restart. */
const load = (file: string): Asset | null => {
  const modified = modifiedAt(file);
  if (modified === null) return null;
  const known = cache.get(file);
  if (known?.modified === modified) return known;
  const extension = extname(file);
  const source = readFileSync(file);
  const body = extension === '.ts' ? Buffer.from(stripTypeScriptTypes(source.toString('utf8'))) : source;
  const asset: Asset = {
    modified,
    type: types[extension]!,
    body,
    gzipped: gzipSync(body),
    etag: `"${hash(body)}"`,
    policy: contentSecurityPolicy(extension === '.html' ? body.toString('utf8') : ''),
  };
  cache.set(file, asset);
  return asset;
};

/** Answers a request for the page or one of its files; false when the path is not one of them. */
export const servePage = (request: IncomingMessage, response: ServerResponse, path: string): boolean => {
  const file = fileOf(path);
  const asset = file === null ? null : load(file);
  if (!asset) return false;
  const headers = {
    'cache-control': 'no-cache',
    etag: asset.etag,
    vary: 'accept-encoding',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'content-security-policy': asset.policy,
  };
  if (request.headers['if-none-match'] === asset.etag) {
    response.writeHead(304, headers).end();
    return true;
  }
  const zip = request.headers['accept-encoding']?.includes('gzip') === true;
  const body = zip ? asset.gzipped : asset.body;
  response.writeHead(200, {
    ...headers,
    ...(zip ? { 'content-encoding': 'gzip' } : {}),
    'content-type': asset.type,
    'content-length': body.length,
  });
  response.end(request.method === 'HEAD' ? undefined : body);
  return true;
};
