/** The files of the page: modules with their types stripped, styles, and the npm libraries they import. */
import { readFile, stat } from 'node:fs/promises';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PageFile {
  contentType: string;
  body: string;
}

/** npm libraries served to the page: what its modules write after `from`, and the address it is served at. */
export const pageLibraries: Readonly<Record<string, string>> = {
  preact: '/page/lib/preact.js',
  'preact/hooks': '/page/lib/preact-hooks.js',
};

/** To be sent with every file of the page: nothing inline, nothing from elsewhere but pictures in messages. */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: http: https:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
};

const folder = join(import.meta.dirname, 'page');

/** Where a path of the page lies on disk; null for any other path. Only plain names, so nothing above the folder. */
const locate = (pathname: string): string | null => {
  if (pathname === '/') return join(folder, 'index.html');
  const library = Object.keys(pageLibraries).find((name) => pageLibraries[name] === pathname);
  if (library !== undefined) return fileURLToPath(import.meta.resolve(library));
  const path = /^\/page\/((?:[a-z0-9-]+\/)*[a-z0-9-]+\.(?:ts|css|svg))$/.exec(pathname)?.[1];
  return path === undefined ? null : join(folder, path);
};

/** A browser resolves no bare specifiers, and an import map would have to be inline. */
const resolveLibraries = (code: string): string =>
  code.replace(/(\bfrom\s*)(['"])([\w/-]+)\2/g, (text, from: string, quote: string, name: string) => {
    const address = pageLibraries[name];
    return address === undefined ? text : `${from}${quote}${address}${quote}`;
  });

const toBrowser = (path: string, text: string): string => {
  const extension = extname(path);
  if (extension === '.ts') return resolveLibraries(stripTypeScriptTypes(text));
  return extension === '.mjs' ? resolveLibraries(text).replace(/\n\/\/# sourceMappingURL=.*/, '') : text;
};

const cache = new Map<string, { modified: number; file: PageFile }>();

/**
 * The file of the page at an address (`/`, `/page/...`), ready to be sent, or null if there is none.
 * An edited file is read again, so that developing the page needs no restart.
 */
export const readPageFile = async (pathname: string): Promise<PageFile | null> => {
  const path = locate(pathname);
  if (path === null) return null;
  try {
    const modified = (await stat(path)).mtimeMs;
    const known = cache.get(pathname);
    if (known?.modified === modified) return known.file;
    const contentType = contentTypes[extname(pathname === '/' ? path : pathname)]!;
    const file = { contentType, body: toBrowser(path, await readFile(path, 'utf8')) };
    cache.set(pathname, { modified, file });
    return file;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};
