import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, rmdirSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const succeeds = (command: string, ...args: string[]): boolean => spawnSync(command, args).status === 0;

/** Whether a running process can be kept from writing files: on Linux, with or without root. */
export const canLimit = (): boolean => succeeds('prlimit', '--pid', String(process.pid), '--fsize');

/** Keeps a process from writing to any file from now on, or lets it again. */
export function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  spawnSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

/** Whether small disks can be made: on Linux, as root, where containers are allowed to. */
export function canMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'epoch-mount-'));
  const mounted = succeeds('mount', '-t', 'tmpfs', '-o', 'size=1m', 'epoch', folder);
  if (mounted) unmount(folder);
  rmdirSync(folder);
  return mounted;
}

/** Puts a disk of its own, of so many megabytes, at a folder that is made. */
export function mountDisk(folder: string, megabytes: number): void {
  mkdirSync(folder);
  spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'epoch', folder]);
}

export const remountReadOnly = (folder: string): boolean =>
  succeeds('mount', '-o', 'remount,ro', 'epoch', folder);

export function unmount(folder: string): void {
  spawnSync('umount', ['--lazy', folder]);
}

const ballast = (folder: string) => join(folder, 'ballast');

/** Fills the disk at the folder to the last byte. */
export function fillDisk(folder: string): void {
  const file = openSync(ballast(folder), 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch {
    // It is full.
  } finally {
    closeSync(file);
  }
}

export function freeDisk(folder: string): void {
  rmSync(ballast(folder));
}
