export interface ZoneMatch {
  readonly zone: string;
  /** The name that matched: a city in Chinese or English, or the zone itself. */
  readonly name: string;
}

/**
 * Zones for an autocomplete, best first, each zone once: by IANA name (any part, spaces for underscores) or by a city
 * in Chinese or English. An empty query gives the common ones.
 */
export function findZones(query: string, limit: number): ZoneMatch[] {
  throw new Error(`to come ${query} ${limit}`);
}
