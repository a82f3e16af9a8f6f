// Parses and formats sizes in bytes. All units are powers of 1024.

const KIBIBYTE = 1024;
export const MEBIBYTE = KIBIBYTE ** 2;
export const GIBIBYTE = KIBIBYTE ** 3;

const UNITS: Readonly<Record<string, number>> = { "": 1, k: KIBIBYTE, m: MEBIBYTE, g: GIBIBYTE };
const SIZE = /^(\d+)\s*([kmg]?)(?:i?b)?$/i;

/**
 * Reads `1048576`, `64MiB`, `64 MB` or `64m`, in bytes, at most Number.MAX_SAFE_INTEGER. Null: the text is not a size
 * of at least one byte.
 */
export function parseSize(text: string): number | null {
  const [, digits = "", unit = ""] = SIZE.exec(text) ?? [];
  const bytes = Number(digits) * (UNITS[unit.toLowerCase()] ?? 0);
  return bytes < 1 ? null : Math.min(bytes, Number.MAX_SAFE_INTEGER);
}

/** 4 GiB, 64 MiB, 1000 bytes: in the largest unit that leaves no remainder. */
export function formatSize(bytes: number): string {
  if (bytes % GIBIBYTE === 0) return `${bytes / GIBIBYTE} GiB`;
  return bytes % MEBIBYTE === 0 ? `${bytes / MEBIBYTE} MiB` : `${bytes} bytes`;
}
