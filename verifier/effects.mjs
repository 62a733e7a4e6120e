// Effect leaves, section 6 of docs/wire-format.md, and what they say about operations, section 8.2.
import { Reader, refuseUnless, within } from './wire.mjs';
import { creates, settles } from './operations.mjs';

export const settlementsPerLeaf = 64;
export const touchesPerLeaf = 16;
const settlementsMax = 65536;

const leaves = (count, perLeaf) => Math.ceil(count / perLeaf);

/** Where a block's effect leaves stand: transactions, then expiries, then touches. */
export function leafPlaces({ transactionCount, expiryCount, touchCount }) {
  const firstTouch = transactionCount + leaves(expiryCount, settlementsPerLeaf);
  return { firstExpiry: transactionCount, firstTouch, count: firstTouch + leaves(touchCount, touchesPerLeaf) };
}

const readSettlement = reader => ({
  pending: reader.varint('pending'),
  debit: reader.varint('debit account'),
  credit: reader.varint('credit account'),
  posted: reader.varint('posted amount'),
  released: reader.varint('released amount'),
});

function readSettlements(reader, most) {
  const count = reader.count('settlement count', 1, most);
  return Array.from({ length: count }, () => readSettlement(reader));
}

/**
 * A transaction leaf. `typeOf` gives the type of the operation at an index, or undefined where it is not shown: such
 * an operation may have an entry only if it failed, since nothing else says how to read one.
 */
export function readTransactionLeaf(bytes, { kind, operationCount }, typeOf) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 0, 0);
  const outcome = reader.varint('outcome');
  const failed = outcome === 0n ? undefined : reader.count('failed operation', 0, operationCount - 1);
  const count = reader.count('entry count', 0, outcome === 0n ? operationCount : 0);
  refuseUnless(kind === 1 || outcome === 0n, 'only an atomic transaction is refused as a whole');
  const entries = new Map();
  let next = 0;
  for (let i = 0; i < count; i++) {
    const index = next + reader.count('operation index delta', 0, operationCount - 1 - next);
    const entry = { outcome: reader.varint('outcome') };
    refuseUnless(kind === 2 || entry.outcome === 0n, 'an atomic transaction that is committed has no failed operation');
    if (entry.outcome === 0n) readEffect(reader, entry, typeOf(index), index);
    entries.set(index, entry);
    next = index + 1;
  }
  reader.end('transaction leaf');
  return { outcome, failed, entries };
}

function readEffect(reader, entry, type, index) {
  refuseUnless(type !== undefined, `operation ${index} has an effect but is not shown: the whole transaction is needed`);
  if (creates(type)) entry.created = reader.varint('created number');
  else if (settles(type)) entry.settlements = readSettlements(reader, settlementsMax);
  else refuseUnless(false, `operation ${index} neither creates nor settles, so it has no entry with outcome 0`);
}

/** The outcome of one operation: its number, or 'undone' where another operation of an atomic transaction failed. */
export function operationEffect(leaf, index, type) {
  if (leaf.outcome !== 0n) return { outcome: index === leaf.failed ? leaf.outcome : 'undone' };
  const entry = leaf.entries.get(index);
  refuseUnless(entry || !(creates(type) || settles(type)), `operation ${index} created or settled, so it has an entry`);
  return entry ?? { outcome: 0n };
}

export function readExpiryLeaf(bytes) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 1, 1);
  const settlements = readSettlements(reader, settlementsPerLeaf);
  reader.end('expiry leaf');
  return settlements;
}

/** Touches of a leaf: account, and how far back its touch before and its milestone before lie (0n: there is none). */
export function readTouchLeaf(bytes) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 2, 2);
  const count = reader.count('touch count', 1, touchesPerLeaf);
  const touches = [];
  for (let i = 0; i < count; i++) {
    const account = reader.varint('account');
    const back = reader.varint('previous touch');
    const milestone = (back & 1n) === 1n ? reader.varint('milestone before') : undefined;
    touches.push({ account, back: back >> 1n, milestone });
  }
  reader.end('touch leaf');
  return touches;
}
