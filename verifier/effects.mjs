// Effect leaves, section 6 of docs/wire-format.md, and what they say about operations, section 8.2.
import { Reader, refuseUnless, within } from './wire.mjs';
import { amountMax, creates, settles } from './operations.mjs';

const settlementsPerLeaf = 64;
const touchesPerLeaf = 16;
const settlementsPerOperation = 8192;
const outcomeMax = 65535;
const accountMax = 1n << 46n;

const leaves = (count, perLeaf) => Math.ceil(count / perLeaf);

/** Where a block's effect leaves stand: transactions, then expiries, then touches. */
export function leafPlaces({ transactionCount, expiryCount, touchCount }) {
  const firstTouch = transactionCount + leaves(expiryCount, settlementsPerLeaf);
  return { firstExpiry: transactionCount, firstTouch, count: firstTouch + leaves(touchCount, touchesPerLeaf) };
}

const readAmount = (reader, what) => within(what, reader.varint(what), 0n, amountMax);
const readSettlement = reader => ({
  pending: reader.varint('pending'),
  debit: reader.varint('debit account'),
  credit: reader.varint('credit account'),
  posted: readAmount(reader, 'posted amount'),
  released: readAmount(reader, 'released amount'),
});

function readSettlements(reader, most) {
  const count = reader.count('settlement count', 1, most);
  return Array.from({ length: count }, () => readSettlement(reader));
}

/**
 * A transaction leaf. `typeOf` gives the type of the operation at an index, or undefined where it is not shown: such
 * an operation may have an entry only if it failed, since nothing else says how to read one.
 */
export function readTransactionLeaf(bytes, operationCount, typeOf) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 0, 0);
  const outcome = reader.count('outcome', 0, outcomeMax);
  const failed = outcome === 0 ? undefined : reader.count('failed operation', 0, operationCount - 1);
  const count = reader.count('entry count', 0, operationCount);
  const entries = new Map();
  let next = 0;
  for (let i = 0; i < count; i++) {
    const index = next + reader.count('operation index delta', 0, operationCount - 1 - next);
    const entry = { outcome: reader.count('outcome', 0, outcomeMax) };
    if (entry.outcome === 0) readEffect(reader, entry, typeOf(index), index);
    entries.set(index, entry);
    next = index + 1;
  }
  reader.end('transaction leaf');
  return { outcome, failed, entries };
}

function readEffect(reader, entry, type, index) {
  refuseUnless(type !== undefined, `operation ${index} has an effect but is not shown: the whole transaction is needed`);
  if (creates(type)) entry.created = reader.varint('created number');
  else if (settles(type)) entry.settlements = readSettlements(reader, settlementsPerOperation);
  else refuseUnless(false, `operation ${index} neither creates nor settles, so it has no entry with outcome 0`);
}

/** What is wrong with a leaf for a transaction of that kind; undefined if nothing is. */
export function complaintAbout({ outcome, entries }, kind) {
  const failed = [...entries.values()].some(entry => entry.outcome !== 0);
  if (outcome === 0) return kind === 1 && failed ? 'an atomic transaction that is committed has no failed operation' : undefined;
  return kind === 1 && entries.size === 0 ? undefined : 'only an atomic transaction is refused as a whole, and it has no entries';
}

/** What became of one operation; its outcome is 'undone' where another one of an atomic transaction failed. */
export function operationEffect(leaf, index) {
  if (leaf.outcome !== 0) return { outcome: index === leaf.failed ? leaf.outcome : 'undone' };
  return leaf.entries.get(index) ?? { outcome: 0 };
}

export function readExpiryLeaf(bytes) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 1, 1);
  const settlements = readSettlements(reader, settlementsPerLeaf);
  reader.end('expiry leaf');
  return settlements;
}

/** Touches of a leaf: account, heights of its touch before and, of a milestone, of the one before (0n: there is none). */
export function readTouchLeaf(bytes, height) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 2, 2);
  const count = reader.count('touch count', 1, touchesPerLeaf);
  const touches = [];
  for (let i = 0; i < count; i++) {
    const account = within('account', reader.varint('account'), 1n, accountMax);
    const back = reader.varint('previous touch');
    const touch = { account, previous: earlier(height, back >> 1n) };
    if ((back & 1n) === 1n) touch.milestone = earlier(height, reader.varint('milestone before'));
    touches.push(touch);
  }
  reader.end('touch leaf');
  return touches;
}

function earlier(height, distance) {
  if (distance === 0n) return 0n;
  refuseUnless(distance < height, `block ${height} names a touch ${distance} blocks earlier`);
  return height - distance;
}
