import { describe, expect, test } from 'vitest';
import { cities } from '../../src/study/cities.ts';
import { findZones, isZone, readZone } from '../../src/study/index.ts';

describe('findZones', () => {
  test.each([
    ['北京', 'Asia/Shanghai'],
    ['上海', 'Asia/Shanghai'],
    ['深', 'Asia/Shanghai'],
    ['中国', 'Asia/Shanghai'],
    ['beij', 'Asia/Shanghai'],
    ['香港', 'Asia/Hong_Kong'],
    ['臺北', 'Asia/Taipei'],
    ['東京', 'Asia/Tokyo'],
    ['Ｔｏｋｙｏ', 'Asia/Tokyo'],
    ['首尔', 'Asia/Seoul'],
    ['新加坡', 'Asia/Singapore'],
    ['纽约', 'America/New_York'],
    ['new york', 'America/New_York'],
    ['New_York', 'America/New_York'],
    ['newyork', 'America/New_York'],
    ['旧金', 'America/Los_Angeles'],
    ['硅谷', 'America/Los_Angeles'],
    ['伦敦', 'Europe/London'],
    ['巴黎', 'Europe/Paris'],
    ['柏林', 'Europe/Berlin'],
    ['悉尼', 'Australia/Sydney'],
    ['sao paulo', 'America/Sao_Paulo'],
    ['são', 'America/Sao_Paulo'],
    ['calcutta', 'Asia/Kolkata'],
    ['Saigon', 'Asia/Ho_Chi_Minh'],
    ['utc', 'UTC'],
    ['GMT', 'UTC'],
    ['lord howe', 'Australia/Lord_Howe'],
    ['Australia/Lord', 'Australia/Lord_Howe'],
  ])('%s finds %s first', (query, zone) => {
    expect(findZones(query, 5)[0]?.zone).toBe(zone);
  });

  test('offers the common zones before anything is typed', () => {
    const zones = findZones('', 25).map((match) => match.zone);
    expect(zones).toHaveLength(25);
    expect(zones.slice(0, 3)).toEqual(['Asia/Shanghai', 'Asia/Hong_Kong', 'Asia/Taipei']);
    expect(zones).toContain('UTC');
  });

  test('names what matched', () => {
    expect(findZones('深圳', 1)).toEqual([{ zone: 'Asia/Shanghai', name: '深圳 Shenzhen' }]);
    expect(findZones('canton', 1)).toEqual([{ zone: 'Asia/Shanghai', name: '广州 Guangzhou' }]);
    expect(findZones('lord', 1)).toEqual([{ zone: 'Australia/Lord_Howe', name: 'Australia/Lord Howe' }]);
  });

  test('gives each zone once, and no more than asked', () => {
    const zones = findZones('a', 1000).map((match) => match.zone);
    expect(new Set(zones).size).toBe(zones.length);
    expect(findZones('a', 25)).toHaveLength(25);
  });

  test('finds nothing for nonsense', () => {
    expect(findZones('qqqq', 25)).toEqual([]);
    expect(findZones('(.*)+$', 25)).toEqual([]);
  });

  test('finds every zone by its name, and offers only zones', () => {
    const all = findZones('', 1000).map((match) => match.zone);
    expect(all.length).toBeGreaterThan(400);
    expect(all.filter((zone) => !isZone(zone))).toEqual([]);
    expect(all.filter((zone) => !findZones(zone, 5).some((match) => match.zone === zone))).toEqual([]);
  });
});

describe('readZone', () => {
  test.each([
    ['Asia/Shanghai', 'Asia/Shanghai'],
    ['asia/shanghai', 'Asia/Shanghai'],
    ['  北京 ', 'Asia/Shanghai'],
    ['shanghai', 'Asia/Shanghai'],
    ['New York', 'America/New_York'],
    ['Asia/Calcutta', 'Asia/Kolkata'],
    ['US/Eastern', 'US/Eastern'],
    ['Etc/GMT-14', 'Etc/GMT-14'],
    ['utc', 'UTC'],
    ['北', null],
    ['CST', null],
    ['+08:00', null],
    ['', null],
    ['  ', null],
  ])('%j is %s', (text, zone) => {
    expect(readZone(text)).toBe(zone);
  });
});

test('the table of cities holds real zones, each once, and each name once', () => {
  const zones = cities.map(([zone]) => zone);
  expect(zones.filter((zone) => !isZone(zone))).toEqual([]);
  expect(new Set(zones).size).toBe(zones.length);
  const names = cities.flatMap(([, ...names]) => names.flatMap((name) => name.split('|')));
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});
