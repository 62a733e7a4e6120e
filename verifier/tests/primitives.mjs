// Sections 1 to 3.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed, Reader, hex, unhex, varint, zigzag } from '../wire.mjs';
import { isIncluded, rootFromPath, sha256, treeRoot } from '../hashes.mjs';
import { isLowS, isSignedBy, lowS } from '../keys.mjs';
import { readGenesis } from '../genesis.mjs';
import { matches, plain, vectors } from './vectors.mjs';

const primitives = vectors('01-primitives');
const trees = vectors('02-trees');

function read(bytes, how) {
  const reader = new Reader(unhex(bytes));
  const value = how(reader);
  reader.end('vector');
  return value;
}

test('varints and zigzags are written and read in their one form', () => {
  for (const { value, bytes } of primitives.varint) {
    assert.equal(hex(varint(value)), bytes);
    assert.equal(read(bytes, reader => reader.varint('vector')), BigInt(value));
  }
  for (const { value, bytes } of primitives.zigzag) {
    assert.equal(hex(zigzag(value)), bytes);
    assert.equal(read(bytes, reader => reader.zigzag('vector')), BigInt(value));
  }
});

test('other forms of a varint are refused', () => {
  for (const { why, bytes } of primitives.varintRefused) {
    assert.throws(() => read(bytes, reader => reader.varint('vector')), Malformed, why);
  }
});

test('signatures verify only by their key, over their bytes, with the low s', async () => {
  for (const { name, key, message, signature, verifies } of primitives.signatures) {
    assert.equal(await isSignedBy(unhex(key), unhex(signature), unhex(message)), verifies, name);
  }
  const [low, high] = primitives.signatures.map(({ signature }) => unhex(signature));
  assert.ok(isLowS(low) && !isLowS(high));
  assert.equal(hex(lowS(high)), hex(low));
  assert.equal(hex(lowS(low)), hex(low));
});

test('trees have the roots and paths of RFC 6962', async () => {
  for (const { leaves, root, paths } of trees.trees) {
    assert.equal(hex(await treeRoot(leaves.map(unhex))), root);
    for (const [index, path] of paths.entries()) {
      assert.ok(await isIncluded(unhex(leaves[index]), index, leaves.length, path.map(unhex), unhex(root)), `leaf ${index} of ${leaves.length}`);
    }
  }
});

test('a path that does not fit its leaf, index or tree leads nowhere', async () => {
  for (const { why, leaf, index, size, path, root } of trees.pathsRefused) {
    assert.equal(await isIncluded(unhex(leaf), index, size, path.map(unhex), unhex(root)), false, why);
  }
  assert.equal(await rootFromPath(new Uint8Array(), 0, 0, []), null);
});

test('a genesis is read, and its hash is the chain', async () => {
  const genesis = vectors('03-genesis');
  for (const expected of genesis.accepted) {
    matches(plain(readGenesis(unhex(expected.bytes))), { ...expected, bytes: undefined, hash: undefined });
    assert.equal(hex(await sha256(unhex(expected.bytes))), expected.hash);
  }
  for (const { why, bytes } of genesis.refused) assert.throws(() => readGenesis(unhex(bytes)), Malformed, why);
});
