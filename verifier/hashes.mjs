// Section 2 of docs/wire-format.md: SHA-256, RFC 6962 trees, state trees.
import { concat, equal, u64, u8, ascii, refuseUnless } from './wire.mjs';

export const sha256 = async bytes => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

const prefixed = (prefix, ...parts) => sha256(concat(Uint8Array.of(prefix), ...parts));

export const leafHash = leaf => prefixed(0, leaf);
export const nodeHash = (left, right) => prefixed(1, left, right);

/** The root of the RFC 6962 tree over byte strings. Pairing level by level, the odd one moving up, gives its splits. */
export async function treeRoot(leaves) {
  if (leaves.length === 0) return sha256(new Uint8Array());
  let level = await Promise.all(leaves.map(leafHash));
  while (level.length > 1) {
    const above = [];
    for (let i = 0; i + 1 < level.length; i += 2) above.push(nodeHash(level[i], level[i + 1]));
    if (level.length % 2 === 1) above.push(level.at(-1));
    level = await Promise.all(above);
  }
  return level[0];
}

/**
 * The root that an inclusion path leads to from the leaf at an index of a tree of a size, or null if that leaf
 * is not in the tree or its path has another length.
 */
export async function rootFromPath(leaf, index, size, path) {
  let node = BigInt(index);
  let last = BigInt(size) - 1n;
  if (node > last) return null;
  let hash = await leafHash(leaf);
  for (const sibling of path) {
    if (last === 0n) return null;
    if ((node & 1n) === 1n || node === last) {
      hash = await nodeHash(sibling, hash);
      while ((node & 1n) === 0n) [node, last] = [node >> 1n, last >> 1n];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [node, last] = [node >> 1n, last >> 1n];
  }
  return last === 0n ? hash : null;
}

export async function isIncluded(leaf, index, size, path, root) {
  const found = await rootFromPath(leaf, index, size, path);
  return found !== null && equal(found, root);
}

const stateLeaf = records => prefixed(2, records);
const stateNode = (left, right) => prefixed(3, left, right);

/** How many leaves the tree of a table with that count has. */
export function stateLeaves(count, leafRecords) {
  const pages = (BigInt(count) + 63n) / 64n;
  let padded = 1n;
  while (padded < pages) padded *= 2n;
  return padded * BigInt(64 / leafRecords);
}

/** The root of a table whose records are given in order of number. */
export async function tableRoot(records, recordBytes, leafRecords) {
  const leaves = Number(stateLeaves(records.length, leafRecords));
  const all = new Uint8Array(leaves * leafRecords * recordBytes);
  records.forEach((record, slot) => {
    refuseUnless(record.length === recordBytes, `expected a record of ${recordBytes} bytes, found ${record.length}`);
    all.set(record, slot * recordBytes);
  });
  const width = leafRecords * recordBytes;
  let level = await Promise.all(Array.from({ length: leaves }, (_, i) => stateLeaf(all.subarray(i * width, (i + 1) * width))));
  while (level.length > 1) {
    level = await Promise.all(Array.from({ length: level.length / 2 }, (_, i) => stateNode(level[2 * i], level[2 * i + 1])));
  }
  return level[0];
}

/** Whether a leaf of a table's tree leads to its root. */
export async function isInTable(leaf, index, leaves, path, root) {
  if (index < 0n || index >= leaves || 1n << BigInt(path.length) !== leaves) return false;
  let hash = await stateLeaf(leaf);
  let node = index;
  for (const sibling of path) {
    hash = (node & 1n) === 1n ? await stateNode(sibling, hash) : await stateNode(hash, sibling);
    node >>= 1n;
  }
  return equal(hash, root);
}

/** Section 7: the root over the tables' counts and roots. */
export const stateRoot = (leafRecords, tables) => sha256(concat(
  ascii('ActorsS1'), u8(leafRecords), u8(tables.length),
  ...tables.map(({ id, count, root }) => concat(u8(id), u64(count), root))));
