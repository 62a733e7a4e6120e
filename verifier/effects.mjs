// Effect leaves, section 6 of docs/wire-format.md, and what they say about operations, section 8.2.
import { Reader, refuseUnless, within } from './wire.mjs';
import { amountMax, creates, settles } from './operations.mjs';

const settlementsPerLeaf = 64;
const touchesPerLeaf = 16;
const settlementsPerOperation = 8192;
const settlementsPerTransaction = 65536;
const outcomeMax = 65535;
const accountMax = 1n << 36n;

const leaves = (count, perLeaf) => Math.ceil(count / perLeaf);

/** Where a block's effect leaves stand: transactions, then expiries, then touches. */
export function leafPlaces({ transactionCount, expiryCount, touchCount }) {
  const firstTouch = transactionCount + leaves(expiryCount, settlementsPerLeaf);
  return { firstExpiry: transactionCount, firstTouch, count: firstTouch + leaves(touchCount, touchesPerLeaf) };
}

function atLeast1(what, number) {
  refuseUnless(number > 0n, `expected a ${what} from 1`);
  return number;
}

const readAmount = (reader, what) => within(what, reader.varint(what), 0n, amountMax);
const readAccount = (reader, what) => within(what, reader.varint(what), 1n, accountMax);
const readSettlement = reader => ({
  pending: atLeast1('pending', reader.varint('pending')),
  debit: readAccount(reader, 'debit account'),
  credit: readAccount(reader, 'credit account'),
  posted: readAmount(reader, 'posted amount'),
  released: readAmount(reader, 'released amount'),
});

function readSettlements(reader, count, most) {
  within('settlement count', count, 1, most);
  return Array.from({ length: count }, () => readSettlement(reader));
}

/** The leaf of a transaction with so many operations: its outcome, which operation failed, and entries by operation. */
export function readTransactionLeaf(bytes, operationCount) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 0, 0);
  const outcome = reader.count('outcome', 0, outcomeMax);
  const failed = outcome === 0 ? undefined : reader.count('failed operation', 0, operationCount - 1);
  const count = reader.count('entry count', 0, operationCount);
  const entries = new Map();
  let next = 0;
  let settled = 0;
  for (let i = 0; i < count; i++) {
    const index = next + reader.count('operation index delta', 0, operationCount - 1 - next);
    const outcomeOf = reader.count('outcome', 0, outcomeMax);
    const effect = outcomeOf === 0 ? readEffect(reader) : {};
    settled += effect.settlements?.length ?? 0;
    within('settlements of a transaction', settled, 0, settlementsPerTransaction);
    entries.set(index, { outcome: outcomeOf, ...effect });
    next = index + 1;
  }
  reader.end('transaction leaf');
  return { outcome, failed, entries };
}

function readEffect(reader) {
  const value = reader.varint('effect');
  return (value & 1n) === 1n ? { created: atLeast1('created number', value >> 1n) } : { settlements: readSettlements(reader, Number(value >> 1n), settlementsPerOperation) };
}

/** What is wrong with a leaf for a transaction of that kind, of which these operations are shown; undefined if nothing is. */
export function complaintAbout(leaf, kind, operations) {
  const { outcome, entries } = leaf;
  const failed = [...entries.values()].some(entry => entry.outcome !== 0);
  if (outcome !== 0) return kind === 1 && entries.size === 0 ? undefined : 'only an atomic transaction is refused as a whole, and it has no entries';
  if (kind === 1 && failed) return 'an atomic transaction that is committed has no failed operation';
  const odd = operations.find(({ index, type }) => !fits(operationEffect(leaf, index), type));
  return odd && `the effect of operation ${odd.index} is none that one of type ${odd.type} can have`;
}

const fits = ({ outcome, created, settlements }, type) => (created !== undefined) === (outcome === 0 && creates(type) !== undefined)
  && (settlements !== undefined) === (outcome === 0 && settles(type));

/** What became of one operation; its outcome is 'undone' where another one of an atomic transaction failed. */
export function operationEffect(leaf, index) {
  if (leaf.outcome !== 0) return { outcome: index === leaf.failed ? leaf.outcome : 'undone' };
  return leaf.entries.get(index) ?? { outcome: 0 };
}

export function readExpiryLeaf(bytes) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 1, 1);
  const settlements = readSettlements(reader, reader.count('settlement count', 1, settlementsPerLeaf), settlementsPerLeaf);
  reader.end('expiry leaf');
  return settlements;
}

/** Touches of a leaf: account, change of posted, heights of the touch before and of the milestone before (0n: none). */
export function readTouchLeaf(bytes, height) {
  const reader = new Reader(bytes);
  within('leaf type', reader.u8('leaf type'), 2, 2);
  const count = reader.count('touch count', 1, touchesPerLeaf);
  const touches = [];
  for (let i = 0; i < count; i++) {
    const account = within('account', reader.varint('account'), 1n, accountMax);
    const change = reader.zigzag('change');
    const back = reader.varint('previous touch');
    const touch = { account, change, previous: earlier(height, back >> 1n) };
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
