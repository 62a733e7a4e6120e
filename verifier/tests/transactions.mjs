// Sections 4 and 5.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Malformed, Reader, hex, unhex } from '../wire.mjs';
import { treeRoot } from '../hashes.mjs';
import { readOperation, readOperations, writeOperation } from '../operations.mjs';
import { makeTransaction, readEnvelope, writeEnvelope } from '../transactions.mjs';
import { matches, plain, vectors } from './vectors.mjs';

const operations = vectors('05-operations');
const transactions = vectors('04-transactions');

function readOne(bytes) {
  const reader = new Reader(unhex(bytes));
  const operation = readOperation(reader);
  reader.end('operation');
  return operation;
}

test('each operation is written from its fields and read back', () => {
  for (const { name, fields, bytes } of [...operations.operations, ...operations.transaction.operations]) {
    assert.equal(hex(writeOperation(fields)), bytes, name);
    const { name: _, linked, ...found } = plain(readOne(bytes));
    assert.deepEqual({ ...found, ...(linked ? { linked } : {}) }, { ...fields }, name);
  }
});

test('every type of operation has a vector', () => {
  const types = new Set(operations.operations.map(({ fields }) => fields.type));
  assert.deepEqual([...types].sort((left, right) => left - right), Array.from({ length: 32 }, (_, i) => i + 1));
});

test('bytes that are no operation are refused', () => {
  for (const { why, bytes } of operations.refused) assert.throws(() => readOne(bytes), Malformed, why);
});

test('operations that do not fit together are refused', () => {
  for (const { why, count, bytes } of operations.refusedTogether) assert.throws(() => readOperations(unhex(bytes), count), Malformed, why);
});

test('the operations root is the tree over the encoded operations', async () => {
  const { operations: parts, bytes, root } = operations.transaction;
  const found = readOperations(unhex(bytes), parts.length);
  assert.deepEqual(found.map(operation => hex(operation.bytes)), parts.map(part => part.bytes));
  assert.equal(hex(await treeRoot(found.map(operation => operation.bytes))), root);
});

test('signed bytes, id and envelope follow from the fields', async () => {
  for (const { name, genesisHash, expiryMs, kind, operations: fields, signedBytes, id, signatures, envelope } of transactions.accepted) {
    const transaction = await makeTransaction(unhex(genesisHash), expiryMs, kind, fields);
    assert.equal(hex(transaction.signed), signedBytes, name);
    assert.equal(hex(transaction.id), id, name);
    assert.equal(hex(writeEnvelope(transaction, signatures.map(({ key, signature }) => ({ key: unhex(key), signature: unhex(signature) })))), envelope, name);
  }
});

test('an envelope is read back with its signatures checked', async () => {
  for (const { genesisHash, expiryMs, kind, operations: fields, id, signatures, envelope } of transactions.accepted) {
    const found = plain(await readEnvelope(unhex(envelope)));
    matches(found, { genesisHash, expiryMs, kind, id, signatures });
    matches(found.operations, fields);
  }
});

test('what is no envelope, or is not signed, is refused', async () => {
  for (const { why, envelope } of transactions.refused) await assert.rejects(readEnvelope(unhex(envelope)), Malformed, why);
});
