// Section 6 of docs/wire-format.md: header, seal, body.
import { Reader, concat, equal, refuseUnless, u48, u8, varint, within } from './wire.mjs';
import { sha256, treeRoot } from './hashes.mjs';
import { isSignedBy } from './keys.mjs';
import { readOperations, readReference } from './operations.mjs';
import { operationsMax, readKind, signedBytes, transactionId } from './transactions.mjs';
import { complaintAbout, leafPlaces, readExpiryLeaf, readTouchLeaf, readTransactionLeaf } from './effects.mjs';

export const headerBytes = 305;
const stateLagMax = 1000n;

export function readHeader(bytes) {
  const reader = new Reader(bytes);
  reader.magic('ActorsH1');
  const header = {
    bytes,
    genesisHash: reader.take(32),
    height: reader.u64('height'),
    previous: reader.take(32),
    timeMs: reader.u64('time'),
    transactionsRoot: reader.take(32),
    signaturesRoot: reader.take(32),
    outcomesRoot: reader.take(32),
    stateHeight: reader.u64('state height'),
    stateRoot: reader.take(32),
    channelsRoot: reader.take(32),
    historyRoot: reader.take(32),
    transactionCount: reader.u32('transaction count'),
    operationCount: reader.u32('operation count'),
    expiryCount: reader.u32('expiry count'),
    touchCount: reader.u32('touch count'),
    flags: reader.u8('flags'),
  };
  reader.end('header');
  const lag = header.height - header.stateHeight;
  refuseUnless(lag >= 0n && lag <= stateLagMax, `block ${header.height} carries the state of height ${header.stateHeight}, expected at most ${stateLagMax} blocks before it`);
  refuseUnless((header.flags & ~1) === 0, `a header has no flag ${header.flags & ~1}`);
  return header;
}

export const headerHash = header => sha256(header.bytes);

/** A block as it is stored: header, seal, transactions with their signature sections, effect leaves. */
export function readBlock(bytes) {
  const reader = new Reader(bytes);
  const header = readHeader(reader.take(headerBytes, 'header'));
  const seal = reader.take(64, 'seal');
  const transactions = [];
  for (let i = 0; i < header.transactionCount; i++) transactions.push(readTransaction(reader));
  const leaves = [];
  for (let i = 0; i < leafPlaces(header).count; i++) leaves.push(reader.take(Number(reader.varint('leaf bytes')), 'leaf'));
  reader.end('block');
  return { header, seal, transactions, leaves };
}

function readTransaction(reader) {
  const expiryMs = reader.u48('expiry');
  const kind = readKind(reader);
  const operationCount = reader.count('operation count', 1, operationsMax);
  const operations = readOperations(reader.take(Number(reader.varint('operations bytes')), 'operations'), operationCount);
  const section = reader.take(Number(reader.varint('signature section bytes')), 'signature section');
  return { expiryMs, kind, operationCount, operations, section, signatures: readSection(section) };
}

function readSection(bytes) {
  const reader = new Reader(bytes);
  const count = within('signature count', reader.u8('signature count'), 1, 64);
  const signatures = [];
  for (let i = 0; i < count; i++) {
    signatures.push({ keyset: readReference(reader), keyIndex: reader.u8('key index'), signature: reader.take(64, 'signature') });
  }
  reader.end('signature section');
  return signatures;
}

/**
 * Refuses a block whose body does not lead to its header's roots and counts, or that the given key did not seal. It
 * does not execute: that the outcomes are right, and who had to sign, needs the state before the block.
 */
export async function checkBlock(block, genesisHash, sealingKey) {
  const { header, transactions, leaves } = block;
  refuseUnless(header.height > 0n, 'expected a height from 1');
  refuseUnless(equal(header.genesisHash, genesisHash), 'the header names another chain');
  refuseUnless(await isSignedBy(sealingKey, block.seal, header.bytes), 'the seal is not by the sealing key');
  for (const transaction of transactions) {
    const root = await treeRoot(transaction.operations.map(operation => operation.bytes));
    transaction.signed = signedBytes({ genesisHash, ...transaction }, root);
    transaction.id = await transactionId(transaction.expiryMs, transaction.signed);
  }
  await checkRoot('transactions root', header.transactionsRoot, transactions.map(({ signed }) => signed));
  await checkRoot('signatures root', header.signaturesRoot, transactions.map(({ section }) => section));
  await checkRoot('outcomes root', header.outcomesRoot, leaves);
  checkCounts(header, transactions, leaves);
}

async function checkRoot(name, expected, parts) {
  refuseUnless(equal(await treeRoot(parts), expected), `the body does not lead to the ${name}`);
}

function checkCounts(header, transactions, leaves) {
  const { firstExpiry, firstTouch } = leafPlaces(header);
  transactions.forEach((transaction, i) => {
    transaction.effect = readTransactionLeaf(leaves[i], transaction.operationCount);
    const complaint = complaintAbout(transaction.effect, transaction.kind, transaction.operations);
    refuseUnless(complaint === undefined, complaint);
  });
  const operations = transactions.reduce((sum, transaction) => sum + transaction.operationCount, 0);
  const expiries = leaves.slice(firstExpiry, firstTouch).reduce((sum, leaf) => sum + readExpiryLeaf(leaf).length, 0);
  const touches = leaves.slice(firstTouch).reduce((sum, leaf) => sum + readTouchLeaf(leaf, header.height).length, 0);
  refuseUnless(operations === header.operationCount, `expected ${header.operationCount} operations, found ${operations}`);
  refuseUnless(expiries === header.expiryCount, `expected ${header.expiryCount} expiries, found ${expiries}`);
  refuseUnless(touches === header.touchCount, `expected ${header.touchCount} touches, found ${touches}`);
}

/** The bytes of a block that readBlock read; the same bytes, since every field has one form. */
export const writeBlock = ({ header, seal, transactions, leaves }) => concat(
  header.bytes, seal,
  ...transactions.map(({ expiryMs, kind, operationCount, operations, section }) => {
    const all = concat(...operations.map(operation => operation.bytes));
    return concat(u48(expiryMs), u8(kind), varint(operationCount), varint(all.length), all, varint(section.length), section);
  }),
  ...leaves.map(leaf => concat(varint(leaf.length), leaf)));
