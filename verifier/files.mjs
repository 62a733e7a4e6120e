// Section 8 of docs/wire-format.md: the form of proof files, which is all that is checked here; see actors-verify.mjs.
import { Reader, equal, refuseUnless, text, within } from './wire.mjs';
import { sha256 } from './hashes.mjs';
import { readGenesis } from './genesis.mjs';
import { headerBytes, readHeader } from './blocks.mjs';
import { operationsMax, readKind } from './transactions.mjs';
import { readOperation, readOperations } from './operations.mjs';
import { recordBytes } from './records.mjs';
import { readExpiryLeaf, readPacketLeaf, readTouchLeaf, readTransactionLeaf } from './effects.mjs';

const wholeTransaction = 0xffffffff;
const ownBlock = 0xff;
const hashBytes = 32;
const genesisBytesMax = 4096;
const pathMax = 64;
const indexMax = 2 ** 31 - 1;

/** A receipt, record-proof or statement file: its kind, anchor and content. Refuses what is damaged or of another form. */
export async function readFile(bytes) {
  refuseUnless(bytes.length >= 8 + hashBytes, `expected at least a magic and a file hash, found ${bytes.length} bytes`);
  const covered = bytes.subarray(0, bytes.length - hashBytes);
  const reader = new Reader(covered);
  const magic = text(reader.take(8, 'magic'));
  const kind = kinds[magic];
  refuseUnless(kind, 'expected the magic of a proof file');
  refuseUnless(equal(await sha256(covered), bytes.subarray(covered.length)), 'the file is damaged: it does not end with the hash of its bytes');
  const anchor = readAnchor(reader);
  const content = kind.read(reader, anchor);
  reader.end(`${kind.name} file`);
  return { kind: kind.name, anchor, content };
}

export function readAnchor(reader) {
  const genesisBytes = reader.take(within('genesis length', reader.u32('genesis length'), 0, genesisBytesMax), 'genesis');
  const genesis = readGenesis(genesisBytes);
  const keyChanges = list(reader.u16('key change count'), () => readKeyChange(reader));
  return { genesisBytes, genesis, keyChanges, ...readSealed(reader) };
}

export const readKeyChange = reader => ({ ...readSealed(reader), operation: readOperationProof(reader) });

const readSealed = reader => ({ header: readHeader(reader.take(headerBytes, 'header')), seal: reader.take(64, 'seal') });

function readOperationProof(reader) {
  const proof = {
    transactionIndex: within('transaction index', reader.u32('transaction index'), 0, indexMax),
    expiryMs: reader.u48('expiry'),
    kind: readKind(reader),
    operationCount: within('operation count', reader.u32('operation count'), 1, operationsMax),
  };
  const index = reader.u32('operation index');
  const bytes = reader.take(reader.u32('operations length'), 'operations');
  if (index === wholeTransaction) {
    proof.operations = readOperations(bytes, proof.operationCount, proof.kind);
  } else {
    proof.operations = [readOne(bytes, within('operation index', index, 0, proof.operationCount - 1), proof.operationCount)];
    proof.operationPath = readPath(reader);
  }
  proof.transactionPath = readPath(reader);
  proof.effectLeaf = readEffectLeaf(reader);
  proof.effectPath = readPath(reader);
  proof.effect = readTransactionLeaf(proof.effectLeaf, proof.operationCount);
  return proof;
}

function readOne(bytes, index, operationCount) {
  const reader = new Reader(bytes);
  const operation = { index, ...readOperation(reader), bytes };
  reader.end('operation');
  refuseUnless(!operation.linked || index < operationCount - 1, 'the last operation of a transaction is not linked');
  return operation;
}

const readEffectLeaf = reader => reader.take(reader.u32('effect leaf length'), 'effect leaf');
export const readPath = reader => readHashes(reader, reader.u8('path length'));
export const readHashes = (reader, count) => list(within('path length', count, 0, pathMax), () => reader.take(hashBytes, 'path'));
const list = (count, read) => {
  const items = [];
  for (let i = 0; i < count; i++) items.push(read());
  return items;
};

function readRecords(reader, { genesis }) {
  const count = within('record count', reader.u8('record count'), 0, 2);
  const account = count === 0 ? reader.u64('account') : undefined;
  const records = list(count, () => readRecordProof(reader, genesis.leafRecords));
  within('table count', reader.u8('table count'), recordBytes.length, recordBytes.length);
  const roots = recordBytes.map((_, id) => ({
    id: within('table', reader.u8('table'), id, id), count: reader.u64('count'), root: reader.take(hashBytes, 'root'),
  }));
  refuseUnless(account !== 0n, 'expected an account from 1');
  return { account, records, roots };
}

function readRecordProof(reader, leafRecords) {
  const table = within('table', reader.u8('table'), 0, recordBytes.length - 1);
  const number = reader.u64('number');
  refuseUnless(number > 0n, 'expected a record number from 1');
  const leaf = reader.take(leafRecords * recordBytes[table], 'leaf');
  const slot = Number((number - 1n) % BigInt(leafRecords)) * recordBytes[table];
  return { table, number, leaf, record: leaf.subarray(slot, slot + recordBytes[table]), path: readPath(reader) };
}

function readStatement(reader, { header }) {
  const account = reader.u64('account');
  refuseUnless(account > 0n, 'expected an account from 1');
  const count = reader.u32('entry count');
  refuseUnless(count > 0, 'expected an entry at least');
  return { account, entries: list(count, () => readEntry(reader, header)) };
}

function readEntry(reader, anchorHeader) {
  const first = reader.u8('path length');
  const entry = first === ownBlock
    ? { header: anchorHeader }
    : { historyPath: readHashes(reader, first), header: readHeader(reader.take(headerBytes, 'header')) };
  entry.touch = readLeafProof(reader);
  entry.touch.touches = readTouchLeaf(entry.touch.leaf, entry.header.height);
  entry.operations = list(reader.u32('operation proof count'), () => readOperationProof(reader));
  entry.expiries = list(reader.u16('expiry leaf count'), () => readLeafProof(reader));
  for (const expiry of entry.expiries) expiry.settlements = readExpiryLeaf(expiry.leaf);
  entry.packets = list(reader.u16('packet leaf count'), () => readLeafProof(reader));
  for (const packet of entry.packets) packet.settlements = readPacketLeaf(packet.leaf);
  return entry;
}

const readLeafProof = reader => ({ index: within('leaf index', reader.u32('leaf index'), 0, indexMax), leaf: readEffectLeaf(reader), path: readPath(reader) });

const readPacketProof = reader => {
  const channel = reader.u32('channel');
  refuseUnless(channel > 0, 'expected a channel from 1');
  const sequence = reader.u64('sequence');
  const direction = reader.u8('direction');
  refuseUnless(direction === 1 || direction === 2, 'expected direction 1 or 2');
  const content = { channel, sequence, refunded: direction === 2, packet: readLeafProof(reader) };
  return { ...content, effects: readPacketLeaf(content.packet.leaf) };
};

/** Section 8.7: the later header's anchor, and what its history has at the height of the earlier one. */
export function readContradiction(reader) {
  const later = readAnchor(reader);
  const length = reader.u8('path length');
  return length === ownBlock ? { later } : { later, historyPath: readHashes(reader, length), inHistory: reader.take(hashBytes, 'header hash') };
}

const kinds = {
  ActorsK1: { name: 'packet', read: readPacketProof },
  ActorsE1: { name: 'equivocation', read: readContradiction },
  ActorsR1: { name: 'receipt', read: readOperationProof },
  ActorsP1: { name: 'records', read: readRecords },
  ActorsL1: { name: 'statement', read: readStatement },
};
