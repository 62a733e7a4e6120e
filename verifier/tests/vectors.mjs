import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { hex } from '../wire.mjs';

export const vectorPath = name => fileURLToPath(new URL(`../../docs/vectors/${name}.json`, import.meta.url));
export const vectors = name => JSON.parse(readFileSync(vectorPath(name), 'utf8'));

/** A value as vectors write it: 64-bit numbers as decimal strings, bytes in hex. */
export function plain(value) {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Uint8Array) return hex(value);
  if (value instanceof Map) return plain([...value.entries()].map(([index, entry]) => ({ index, ...entry })));
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, plain(member)]));
}

/** Every member that the vector gives is there and the same, or absent where it gives null; others are not looked at. */
export function matches(found, expected, path = 'value') {
  if (Array.isArray(expected)) {
    assert.equal(found?.length ?? 0, expected.length, `${path}: length`);
    expected.forEach((member, i) => matches(found?.[i], member, `${path}[${i}]`));
  } else if (expected === null) {
    assert.equal(found, undefined, path);
  } else if (typeof expected === 'object') {
    for (const [name, member] of Object.entries(expected)) matches(found?.[name], member, `${path}.${name}`);
  } else {
    assert.equal(typeof expected === 'string' && found !== undefined ? String(found) : found, expected, path);
  }
}
