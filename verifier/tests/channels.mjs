// Section 9.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed, equal, hex, unhex } from '../wire.mjs';
import { readBlock } from '../blocks.mjs';
import { extendedRoot, provenChannel, readPacket } from '../channels.mjs';
import { readAcknowledgement } from '../effects.mjs';
import { verify } from '../actors-verify.mjs';
import { matches, plain, vectors } from './vectors.mjs';

const file = vectors('09-channels');

test('each channel is proven by its own record and path only', async () => {
  for (const { root, proofs } of file.channels) {
    for (const [i, proof] of proofs.entries()) {
      for (const [j, other] of proofs.entries()) {
        const found = await provenChannel({ count: proof.count, record: unhex(proof.record), path: other.path.map(unhex) }, unhex(root));
        assert.equal(found?.number, i === j ? BigInt(i + 1) : undefined);
      }
    }
  }
});

test('packets are read', () => {
  for (const { name, bytes, ...fields } of file.packets) matches(plain(readPacket(unhex(bytes))), fields, name);
  for (const bytes of file.refusedPackets) assert.throws(() => readPacket(unhex(bytes)), Malformed, bytes);
});

test('acknowledgements are read', () => {
  for (const { bytes, ...fields } of file.acknowledgements) matches(plain(readAcknowledgement(unhex(bytes))), fields);
  for (const bytes of file.refusedAcknowledgements) assert.throws(() => readAcknowledgement(unhex(bytes)), Malformed, bytes);
});

test('a run leads to the root of the tree that it is part of', async () => {
  for (const { edge, size, right, root } of file.runs) {
    const leaves = Array.from({ length: edge }, (_, i) => Uint8Array.of(i));
    assert.equal(hex(await extendedRoot(leaves, size, right.map(unhex))), root, `${edge} of ${size}`);
    assert.equal(await extendedRoot(leaves, size, [...right, root].map(unhex)), undefined);
  }
});

test('the blocks of two chains with a channel between them are read', async () => {
  for (const { blocks, genesisHash } of file.blocks) {
    for (const bytes of blocks) assert.ok(equal(readBlock(unhex(bytes)).header.genesisHash, unhex(genesisHash)));
  }
});

for (const { name, genesisHash, bytes, shows } of file.accepted) {
  test(`channel files: ${name}`, async () => {
    const result = await verify(unhex(bytes), unhex(genesisHash));
    assert.deepEqual(result.checks.filter(({ passed }) => !passed), []);
    matches(plain(result.shows), shows);
  });
}

for (const { why, check, genesisHash, bytes } of file.refused) {
  test(`channel files refused: ${why}`, async () => {
    const result = await verify(unhex(bytes), unhex(genesisHash));
    assert.equal(result.checks.find(({ passed }) => !passed)?.name, check);
  });
}
