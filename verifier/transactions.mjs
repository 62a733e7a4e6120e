// Section 4 of docs/wire-format.md: signed bytes, transaction id, envelope.
import { Reader, ascii, concat, hex, refuseUnless, u32, u48, u8, varint, within } from './wire.mjs';
import { sha256, treeRoot } from './hashes.mjs';
import { isSignedBy, readKey, readScheme } from './keys.mjs';
import { readOperations, writeOperation } from './operations.mjs';

export const operationsMax = 8192;
const envelopeBytesMax = 1 << 20;

export const proven = 3;

export const readKind = reader => within('kind', reader.u8('kind'), 1, proven);

/** At least one, but none where a transaction rests on proof. */
export const readSignatureCount = (reader, kind) =>
  within('signature count', reader.u8('signature count'), kind === proven ? 0 : 1, kind === proven ? 0 : 64);

/** What is signed, from the root over the operations. */
export const signedBytes = ({ genesisHash, expiryMs, kind, operationCount }, operationsRoot) => concat(
  ascii('ActorsT1'), genesisHash, u48(expiryMs), u8(kind), u32(operationCount), operationsRoot);

export const transactionId = async (expiryMs, signed) => concat(u48(expiryMs), (await sha256(signed)).subarray(0, 26));

/** A transaction to sign: encoded operations, signed bytes and id. Kind is 1 (atomic), 2 (bulk) or 3 (proven). */
export async function makeTransaction(genesisHash, expiryMs, kind, operations) {
  const encoded = operations.map(writeOperation);
  readOperations(concat(...encoded), within('operation count', encoded.length, 1, operationsMax), kind);
  const transaction = { genesisHash, expiryMs, kind, operationCount: encoded.length, operations: concat(...encoded) };
  const signed = signedBytes(transaction, await treeRoot(encoded));
  return { ...transaction, signed, id: await transactionId(expiryMs, signed) };
}

/** What is submitted: a transaction and the signatures over its signed bytes, as {key, signature}. */
export function writeEnvelope(transaction, signatures) {
  const envelope = concat(
    u8(1), transaction.genesisHash, u48(transaction.expiryMs), u8(transaction.kind), varint(transaction.operationCount),
    varint(transaction.operations.length), transaction.operations,
    u8(signatures.length), ...signatures.map(({ key, signature }) => concat(u8(1), key, signature)));
  refuseUnless(envelope.length <= envelopeBytesMax, `expected an envelope of at most ${envelopeBytesMax} bytes`);
  return envelope;
}

/** Reads an envelope and checks each signature; says what was signed and by whom. */
export async function readEnvelope(bytes) {
  refuseUnless(bytes.length <= envelopeBytesMax, `expected at most ${envelopeBytesMax} bytes, found ${bytes.length}`);
  const reader = new Reader(bytes);
  within('envelope version', reader.u8('envelope version'), 1, 1);
  const genesisHash = reader.take(32, 'genesis hash');
  const expiryMs = reader.u48('expiry');
  const kind = readKind(reader);
  const operationCount = reader.count('operation count', 1, operationsMax);
  const operations = readOperations(reader.take(reader.count('operations bytes', 0, envelopeBytesMax), 'operations'), operationCount, kind);
  const count = readSignatureCount(reader, kind);
  const signatures = [];
  for (let i = 0; i < count; i++) {
    readScheme(reader);
    signatures.push({ key: readKey(reader), signature: reader.take(64, 'signature') });
  }
  reader.end('envelope');
  refuseUnless(new Set(signatures.map(({ key }) => hex(key))).size === count, 'expected that no key signs twice');
  const root = await treeRoot(operations.map(operation => operation.bytes));
  const signed = signedBytes({ genesisHash, expiryMs, kind, operationCount }, root);
  for (const { key, signature } of signatures) {
    refuseUnless(await isSignedBy(key, signature, signed), `expected a low-S signature of the signed bytes by ${hex(key)}`);
  }
  return { genesisHash, expiryMs, kind, operations, signatures, signed, id: await transactionId(expiryMs, signed) };
}
