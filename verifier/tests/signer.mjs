import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hex } from '../wire.mjs';
import { sha256 } from '../hashes.mjs';
import { isLowS } from '../keys.mjs';
import { readEnvelope } from '../transactions.mjs';
import { atomic, bulk, makeTransaction, newKeyPair, signEnvelope } from '../signer.mjs';

const genesisHash = await sha256(Uint8Array.of(1));
const transfer = { type: 5, debit: { number: 1n }, credit: { number: 2n }, amount: 250n };

test('what the signer signs reads back as signed', async () => {
  const pairs = [await newKeyPair(), await newKeyPair()];
  const transaction = await makeTransaction(genesisHash, 1_800_000_000_000, atomic, [transfer]);
  const found = await readEnvelope(await signEnvelope(transaction, pairs));
  assert.equal(hex(found.id), hex(transaction.id));
  assert.deepEqual(found.signatures.map(({ key }) => hex(key)), pairs.map(({ key }) => hex(key)));
});

test('every signature is low-S', async () => {
  const pair = await newKeyPair();
  for (let i = 0; i < 32; i++) {
    const transaction = await makeTransaction(genesisHash, 1_800_000_000_000 + i, bulk, [transfer]);
    const { signatures } = await readEnvelope(await signEnvelope(transaction, [pair]));
    assert.ok(isLowS(signatures[0].signature));
  }
});

test('signing again makes no second transaction', async () => {
  const transaction = await makeTransaction(genesisHash, 1_800_000_000_000, atomic, [transfer]);
  const [first, second] = [await signEnvelope(transaction, [await newKeyPair()]), await signEnvelope(transaction, [await newKeyPair()])];
  assert.equal(hex((await readEnvelope(first)).id), hex((await readEnvelope(second)).id));
  assert.equal(hex(transaction.id).slice(0, 12), (1_800_000_000_000).toString(16).padStart(12, '0'));
});

test('operations that cannot be are refused before they are signed', async () => {
  const linked = { ...transfer, linked: true };
  await assert.rejects(makeTransaction(genesisHash, 1, atomic, []), /operation count/);
  await assert.rejects(makeTransaction(genesisHash, 1, atomic, [linked]), /not linked/);
  await assert.rejects(makeTransaction(genesisHash, 1, atomic, [{ ...transfer, amount: -1n }]), /below 2\^64/);
  await assert.rejects(makeTransaction(genesisHash, 1, atomic, [{ type: 5, debit: { number: 1n } }]), /needs credit/);
});
