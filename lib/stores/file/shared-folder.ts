import { readlinkSync, statfsSync, statSync } from 'node:fs';
import process from 'node:process';

/** Linux's numbers of file systems that other machines may use at the same time. */
const NETWORK: ReadonlySet<number> = new Set([
  0x6969, // NFS
  0x517b, // SMB
  0xfe534d42, // SMB 2
  0xff534d42, // CIFS
  0x65735546, // FUSE, and virtiofs: sshfs, gcsfuse, folders of a virtual machine's host
  0x01021997, // 9P
  0x00c36400, // Ceph
  0x5346414f, // AFS
  0x0bd00bd0, // Lustre
  0x01161970, // GFS 2
  0x7461636f, // OCFS 2
]);

/** The process numbers of the machine itself, in which no container is. */
const OF_THE_MACHINE = 'pid:[4026531836]';

/**
 * Whether holders of locks in a folder may have to be judged by signs of life alone: it lies on a network, or was mounted
 * into this container from outside, or this system does not tell when a process has started.
 */
export function mayBeShared(folder: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    if (NETWORK.has(statfsSync(folder).type)) return true;
    return readlinkSync('/proc/self/ns/pid') !== OF_THE_MACHINE && statSync(folder).dev !== statSync('/').dev;
  } catch {
    return false;
  }
}
