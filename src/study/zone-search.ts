import { cities } from './cities.ts';
import { isZone } from './zone.ts';

export interface ZoneMatch {
  readonly zone: string;
  /** What matched: a city in Chinese and English, or the zone's own name. */
  readonly name: string;
}

/**
 * Zones for an autocomplete, best first, each zone once: by a city or country in Chinese or English, or by any part of
 * the IANA name. An empty query gives the common ones.
 */
export function findZones(query: string, limit: number): ZoneMatch[] {
  const wanted = fold(query);
  const best = new Map<string, { match: ZoneMatch; rank: number }>();
  for (const { match, keys } of entries) {
    const rank = Math.min(...keys.map((key) => rankOf(key, wanted)));
    if (rank < (best.get(match.zone)?.rank ?? Infinity)) best.set(match.zone, { match, rank });
  }
  return [...best.values()]
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, limit)
    .map(({ match }) => match);
}

/** The zone that someone means who typed a text: a zone in any spelling, or exactly a city's name. Null for none. */
export function readZone(text: string): string | null {
  const wanted = fold(text);
  if (wanted === '') return null;
  return entries.find(({ keys }) => keys.includes(wanted))?.match.zone ?? (isZone(text) ? text : null);
}

/** 0 the very name, 1 begins with it, 2 holds it, Infinity not at all. */
function rankOf(key: string, wanted: string): number {
  if (key === wanted) return 0;
  const at = key.indexOf(wanted);
  return at < 0 ? Infinity : Math.min(at, 1) + 1;
}

/** One spelling for what people do not tell apart: width, case, accents, spaces and punctuation. */
function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[\p{Mark}\p{Separator}\p{Punctuation}]/gu, '');
}

/** Names that Intl still lists under an older spelling. */
const renamed: Readonly<Record<string, string>> = {
  'Africa/Asmera': 'Africa/Asmara',
  'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
  'America/Catamarca': 'America/Argentina/Catamarca',
  'America/Coral_Harbour': 'America/Atikokan',
  'America/Cordoba': 'America/Argentina/Cordoba',
  'America/Godthab': 'America/Nuuk',
  'America/Indianapolis': 'America/Indiana/Indianapolis',
  'America/Jujuy': 'America/Argentina/Jujuy',
  'America/Louisville': 'America/Kentucky/Louisville',
  'America/Mendoza': 'America/Argentina/Mendoza',
  'Asia/Calcutta': 'Asia/Kolkata',
  'Asia/Katmandu': 'Asia/Kathmandu',
  'Asia/Rangoon': 'Asia/Yangon',
  'Asia/Saigon': 'Asia/Ho_Chi_Minh',
  'Atlantic/Faeroe': 'Atlantic/Faroe',
  'Europe/Kiev': 'Europe/Kyiv',
  'Pacific/Enderbury': 'Pacific/Kanton',
  'Pacific/Ponape': 'Pacific/Pohnpei',
  'Pacific/Truk': 'Pacific/Chuuk',
};

interface Entry {
  readonly match: ZoneMatch;
  /** What it is found by, folded. */
  readonly keys: readonly string[];
}

const entries: readonly Entry[] = [
  ...cities.flatMap(([zone, ...names]) =>
    names.map((spellings) => {
      const [name = zone, ...others] = spellings.split('|');
      const [chinese = name, ...english] = name.split(' ');
      return {
        match: { zone, name },
        keys: [chinese, english.join(' '), ...others].map(fold).filter(Boolean),
      };
    }),
  ),
  ...Intl.supportedValuesOf('timeZone').map((listed) => {
    const zone = renamed[listed] ?? listed;
    const city = zone.slice(zone.lastIndexOf('/') + 1);
    return {
      match: { zone, name: zone.replaceAll('_', ' ') },
      keys: [fold(zone), fold(city), ...(zone === listed ? [] : [fold(listed)])],
    };
  }),
];
