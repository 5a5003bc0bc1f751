import { extname } from 'node:path';

export interface StoredFile {
  id: string;
  channelId: string;
  filename: string;
  contentType: string;
  bytes: Buffer;
  /** Pixels, for pictures. */
  width: number | null;
  height: number | null;
}

const types: Record<string, string> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.md': 'text/markdown; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.json': 'application/json',
  '.pdf': 'application/pdf',
};

/** As Discord does, by the name first and by what the sender said otherwise. */
export const contentTypeOf = (filename: string, said: string): string =>
  types[extname(filename).toLowerCase()] ?? (said === '' ? 'application/octet-stream' : said);

/** Width and height of a PNG, from its header. */
export const pictureSize = (bytes: Buffer): { width: number; height: number } | null => {
  const isPng =
    bytes.length >= 24 && bytes.readUInt32BE(0) === 0x89504e47 && bytes.readUInt32BE(4) === 0x0d0a1a0a;
  return isPng ? { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) } : null;
};

/** Discord replaces what does not belong in a file's name. */
export const safeName = (filename: string): string => filename.replaceAll(/[^\p{L}\p{N}._-]+/gu, '_');
