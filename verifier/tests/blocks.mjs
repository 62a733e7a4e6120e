// Sections 6 and 7.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed, equal, hex, unhex } from '../wire.mjs';
import { sha256, stateRoot, tableRoot, treeRoot } from '../hashes.mjs';
import { checkBlock, headerHash, readBlock, writeBlock } from '../blocks.mjs';
import { leafPlaces, readTouchLeaf } from '../effects.mjs';
import { readRecord, recordBytes } from '../records.mjs';
import { matches, plain, vectors } from './vectors.mjs';

const chain = vectors('06-blocks');
const state = vectors('07-state');
const genesisHash = unhex(chain.genesisHash);
const blocks = chain.blocks.map(vector => ({ vector, block: readBlock(unhex(vector.bytes)) }));

test('blocks lead to the roots of their headers, and are written back as they were', async () => {
  for (const { vector, block } of blocks) {
    await checkBlock(block, genesisHash, unhex(vector.sealingKey));
    assert.equal(hex(writeBlock(block)), vector.bytes);
    assert.equal(hex(await headerHash(block.header)), vector.headerHash);
    const { height, timeMs, previous, historyRoot, stateHeight, stateRoot: root } = vector;
    matches(plain(block.header), { height, timeMs, previous, historyRoot, stateHeight, stateRoot: root });
    const { transactionCount, operationCount, expiryCount, packetCount, touchCount, flags } = block.header;
    assert.deepEqual([transactionCount, operationCount, expiryCount, packetCount, touchCount], vector.counts);
    assert.equal(flags === 1, vector.stateCut);
  }
});

test('transactions, effects and touches are as recorded', async () => {
  for (const { vector, block } of blocks) {
    await checkBlock(block, genesisHash, unhex(vector.sealingKey));
    for (const [i, { id, signatureSection, effect }] of vector.transactions.entries()) {
      const found = block.transactions[i];
      assert.equal(hex(found.id), id);
      assert.equal(hex(found.section), signatureSection);
      const entries = effect.entries.map(entry => ({ ...entry, created: entry.created === '0' ? undefined : entry.created }));
      matches(plain(found.effect), { outcome: effect.outcome, failed: effect.failed, entries });
    }
    const touches = block.leaves.slice(leafPlaces(block.header).firstTouch).flatMap(leaf => readTouchLeaf(leaf, block.header.height));
    matches(plain(touches), vector.touches);
  }
});

test('a touch may be a milestone', () => {
  const { height, bytes, touches } = chain.touchLeaf;
  matches(plain(readTouchLeaf(unhex(bytes), BigInt(height))), touches);
});

test('headers make one chain from the genesis', async () => {
  assert.equal(hex(await sha256(unhex(chain.genesis))), chain.genesisHash);
  const history = [genesisHash];
  for (const { block } of blocks) {
    assert.ok(equal(block.header.previous, history.at(-1)));
    assert.ok(equal(block.header.historyRoot, await treeRoot(history)));
    assert.ok(equal(block.header.channelsRoot, await treeRoot([])));
    history.push(await headerHash(block.header));
  }
});

test('a changed block is refused', async () => {
  for (const { why, height, bytes } of chain.refused) {
    const { sealingKey } = chain.blocks.find(block => block.height === height);
    await assert.rejects(async () => checkBlock(readBlock(unhex(bytes)), genesisHash, unhex(sealingKey)), Malformed, why);
  }
});

test('tables lead to their roots, and those to the state root of the last block', async () => {
  const roots = [];
  for (const { id, count, records, root } of state.tables) {
    assert.equal(hex(await tableRoot(records.map(unhex), recordBytes[id], state.leafRecords)), root, `table ${id}`);
    assert.equal(records.length, Number(count));
    roots.push({ id, count: BigInt(count), root: unhex(root) });
  }
  assert.equal(hex(await stateRoot(state.leafRecords, roots)), state.stateRoot);
  assert.equal(chain.blocks.at(-1).stateRoot, state.stateRoot);
});

test('tables around the ends of pages are padded to a perfect tree', async () => {
  for (const { leafRecords, count, root } of state.roots) {
    const records = Array.from({ length: count }, (_, i) => Uint8Array.of(i + 1, ...new Uint8Array(63)));
    assert.equal(hex(await tableRoot(records, 64, leafRecords)), root, `${count} records, ${leafRecords} a leaf`);
  }
});

test('posted sums to zero over the accounts', () => {
  const accounts = state.tables[5].records.map(record => readRecord(5, unhex(record)));
  assert.equal(accounts.reduce((sum, { posted }) => sum + posted, 0n), 0n);
});
