import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DriftStatusError } from '../domain/errors.js'
import { shellWord } from '../domain/shell-word.js'

/** Modes say nothing on Windows: who may read what is a matter of the folder's access list there. */
export const HAS_MODES = process.platform !== 'win32'

const OTHERS_WRITE = 0o022
const OTHERS_ANYTHING = 0o077
const STICKY = 0o1000
const ROOT = 0
/** Thousands of profiles; a longer file holds something else. */
const MAX_BYTES = 4 * 2 ** 20
/** A pipe that nobody writes to is not waited for; Windows has none. */
const OPEN_AT_ONCE = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

export const WITHOUT_SUDO =
  'run it without sudo; as root, give root settings of its own: sudo -H, or DRIFT_STATUS_CONFIG_DIR'

/** What others must not be able to do with a file. */
export type Privacy = 'not-writable' | 'not-readable'

/** Why a file is not used, and what mends it. */
export interface Distrust {
  readonly message: string
  readonly hint: string
}

/**
 * Reads a file of settings that nobody else can have written: whoever writes it says where a token is sent.
 *
 * @returns undefined where there is none
 * @throws DriftStatusError (invalid-input) for a file, a folder or a link of somebody else's, one that others may
 * write (or read, where it must be secret), and for what is not a file of text; it is left as it is
 */
export function readTrustedFile(path: string, privacy: Privacy): string | undefined {
  if (!checkTrustedFolder(dirname(path), 'not-writable')) return undefined
  let opened: number | undefined
  try {
    // What is looked at and what is read is one file, even if another takes its name meanwhile.
    opened = openSync(path, OPEN_AT_ONCE)
    const stats = fstatSync(opened)
    if (!stats.isDirectory()) refuse(distrustOf(path, stats, privacy))
    // A folder says here that it is one.
    return decode(path, readFileSync(opened))
  } catch (cause) {
    if (cause instanceof DriftStatusError) throw cause
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT' && !lstatSync(path, { throwIfNoEntry: false }))
      return undefined
    throw unreadable(path, cause, '600')
  } finally {
    if (opened !== undefined) closeSync(opened)
  }
}

/**
 * @returns whether there is such a folder
 * @throws DriftStatusError (invalid-input) for one that is somebody else's, or that others may write (or read)
 */
export function checkTrustedFolder(folder: string, privacy: Privacy): boolean {
  let stats: Stats
  try {
    stats = statSync(folder)
  } catch (cause) {
    // A file in the way is said when the folder is to be made.
    if (['ENOENT', 'ENOTDIR'].includes((cause as NodeJS.ErrnoException).code ?? '')) return false
    throw unreadable(folder, cause, '700')
  }
  if (!stats.isDirectory()) {
    refuse({ message: `${folder} is not a folder`, hint: 'move it away, or set DRIFT_STATUS_CONFIG_DIR to a folder' })
  }
  refuse(distrustOf(folder, stats, privacy))
  return true
}

/** Why a file or folder is not to be trusted as it was found; undefined when it is. */
function distrustOf(path: string, stats: Stats, privacy: Privacy): Distrust | undefined {
  return kindDistrust(path, stats) ?? ownerDistrust(path, stats) ?? modeDistrust(path, stats, privacy)
}

/** Why a path is not what settings are kept in. */
export function kindDistrust(path: string, stats: Stats): Distrust | undefined {
  if (stats.isDirectory()) return undefined
  if (!stats.isFile()) return { message: `${path} is a pipe or a device, not a file`, hint: 'move it away' }
  if (stats.size <= MAX_BYTES) return undefined
  return { message: `${path} is longer than ${MAX_BYTES / 2 ** 20} MB`, hint: 'move it away: it holds something else' }
}

/** Why its owner is not to be trusted: root may write anything in any case, and a link is followed for its owner alone. */
export function ownerDistrust(path: string, { uid }: Stats): Distrust | undefined {
  if (process.geteuid === undefined) return undefined
  const link = lstatSync(path, { throwIfNoEntry: false })
  const stranger = [uid, link?.uid ?? uid].find((owner) => owner !== ROOT && owner !== process.geteuid!())
  if (stranger === undefined) return undefined
  const isLink = link?.isSymbolicLink() === true && link.uid === stranger
  return {
    message: `${path} ${isLink ? 'is a link that belongs' : 'belongs'} to another user (${stranger}), not to you (${process.geteuid()})`,
    hint: isSudoer(stranger)
      ? WITHOUT_SUDO
      : `run "sudo chown ${isLink ? '-h ' : ''}${process.geteuid()} ${shellWord(path)}" if you trust it, or set DRIFT_STATUS_CONFIG_DIR to a folder of yours`,
  }
}

/** Whether it is they who act as root now: sudo leaves the home of who asked, on many systems. */
export function isSudoer(uid: number): boolean {
  return process.geteuid?.() === ROOT && process.env.SUDO_UID === `${uid}`
}

function modeDistrust(path: string, stats: Stats, privacy: Privacy): Distrust | undefined {
  const isOpen = (stats.mode & (privacy === 'not-writable' ? OTHERS_WRITE : OTHERS_ANYTHING)) !== 0
  // In a folder like /tmp nobody can replace another's file.
  const isSticky = stats.isDirectory() && (stats.mode & STICKY) !== 0
  if (!HAS_MODES || !isOpen || (isSticky && privacy === 'not-writable')) return undefined
  return {
    message: `${path} can be ${privacy === 'not-writable' ? 'changed' : 'read'} by others (mode ${modeText(stats)})`,
    hint: `run "chmod ${stats.isDirectory() ? '700' : '600'} ${shellWord(path)}"`,
  }
}

/** The bits that say who may do what: `0600`. */
export function modeText({ mode }: Stats): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}

function refuse(distrust: Distrust | undefined): void {
  if (distrust) throw new DriftStatusError('invalid-input', distrust.message, { hint: distrust.hint })
}

/** Not as UTF-8 alone would be read: what cannot be read as UTF-8 is refused, and a mark at its start is left out. */
function decode(path: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    if (!text.startsWith('\ufeff')) return text
  } catch {
    // Said below.
  }
  refuse({ message: `${path} is not UTF-8 without a byte order mark`, hint: 'save it as "UTF-8 without BOM"' })
  return ''
}

/** An error of the file system, in the house's words. */
function unreadable(path: string, cause: unknown, mode: '600' | '700'): DriftStatusError {
  const { code, message } = cause as NodeJS.ErrnoException
  return new DriftStatusError('invalid-input', `${path} cannot be read (${code ?? message})`, {
    hint:
      code === 'EACCES'
        ? `run "chmod ${mode} ${shellWord(path)}" if it is yours; else set HOME or DRIFT_STATUS_CONFIG_DIR to a folder of yours`
        : 'move it away, or set DRIFT_STATUS_CONFIG_DIR to another folder',
    cause,
  })
}
