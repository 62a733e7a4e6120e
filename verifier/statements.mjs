// Section 8.5 of docs/wire-format.md: an account's blocks, newest first, each naming the one before it.
import { equal } from './wire.mjs';
import { isIncluded } from './hashes.mjs';
import { headerHash } from './blocks.mjs';
import { leafPlaces, readExpiryLeaf, readTouchLeaf } from './effects.mjs';
import { creates } from './operations.mjs';
import { checkOperationProof } from './operation-proofs.mjs';

/** Checks a statement and returns the account, its entries, and the height where it goes on (0n: it is complete). */
export async function checkStatement(checks, { account, entries }, anchor) {
  const shown = [];
  let expected;
  for (const entry of entries) {
    const { header } = entry;
    checks.require('unbroken', expected === undefined || header.height === expected,
      `expected the entry of block ${expected}, found that of block ${header.height}`);
    await checkHeader(checks, entry, anchor);
    expected = await checkTouch(checks, entry, account);
    shown.push({ height: header.height, timeMs: header.timeMs, ...await checkEffects(checks, entry, account) });
  }
  return { account, entries: shown, continuesAt: expected };
}

async function checkHeader(checks, { header, historyPath }, anchor) {
  if (historyPath === undefined) return;
  const { height, historyRoot } = anchor.header;
  checks.require('history', equal(header.genesisHash, anchor.header.genesisHash) && header.height < height,
    `the entry of block ${header.height} is not of this chain below block ${height}`);
  checks.require('history', await isIncluded(await headerHash(header), header.height, height, historyPath, historyRoot),
    `block ${header.height} is not under the history root of block ${height}`);
}

/** The height of the block that touched the account before this one, or 0n. */
async function checkTouch(checks, { header, touch }, account) {
  const { firstTouch, count } = leafPlaces(header);
  checks.require('touch', touch.index >= firstTouch && await isLeaf(touch, count, header), `leaf ${touch.index} of block ${header.height} is not one of its touch leaves`);
  const touches = (await checks.parse('touch', () => readTouchLeaf(touch.leaf))).filter(found => found.account === account);
  checks.require('touch', touches.length === 1 && touches[0].back < header.height, `block ${header.height} does not touch account ${account} once`);
  return touches[0].back === 0n ? 0n : header.height - touches[0].back;
}

const isLeaf = ({ leaf, index, path }, count, header) => isIncluded(leaf, index, count, path, header.outcomesRoot);

async function checkEffects(checks, { header, operations, expiries }, account) {
  checks.require('effects', operations.length + expiries.length > 0, `the entry of block ${header.height} shows no effect`);
  const effects = { operations: [], expiries: [], change: 0n };
  let before;
  for (const proof of operations) {
    checks.require('effects', follows(before, proof), `the operations of block ${header.height} are not in order`);
    before = proof;
    const transaction = await checkOperationProof(checks, proof, header);
    const changes = transaction.operations.map(operation => changeOf(checks, operation, transaction, account));
    checks.require('effects', changes.some(change => change !== undefined), `an operation of block ${header.height} did not change account ${account}`);
    effects.operations.push(...transaction.operations.filter((_, i) => changes[i] !== undefined).map(operation => ({ transaction: transaction.id, ...operation })));
    effects.change += changes.reduce((sum, change) => sum + (change ?? 0n), 0n);
  }
  const { firstExpiry, firstTouch, count } = leafPlaces(header);
  let next = firstExpiry;
  for (const expiry of expiries) {
    checks.require('effects', expiry.index >= next && expiry.index < firstTouch && await isLeaf(expiry, count, header), `leaf ${expiry.index} of block ${header.height} is not its next expiry leaf`);
    next = expiry.index + 1;
    const settlements = (await checks.parse('effects', () => readExpiryLeaf(expiry.leaf))).filter(settlement => names(settlement, account));
    checks.require('effects', settlements.length > 0, `expiry leaf ${expiry.index} of block ${header.height} does not name account ${account}`);
    effects.expiries.push(...settlements);
    effects.change += settlements.reduce((sum, settlement) => sum + postedTo(settlement, account), 0n);
  }
  return effects;
}

function follows(before, proof) {
  if (!before || proof.transactionIndex > before.transactionIndex) return true;
  return proof.transactionIndex === before.transactionIndex && before.operationPath && proof.operationPath
    && proof.operations[0].index > before.operations[0].index;
}

const names = ({ debit, credit }, account) => debit === account || credit === account;
const postedTo = ({ debit, posted }, account) => (debit === account ? -posted : posted);

/** How an operation changed what is posted on the account; undefined if it did not change the account at all. */
function changeOf(checks, operation, transaction, account) {
  if (operation.outcome !== 0n) return undefined;
  const settlements = (operation.settlements ?? []).filter(settlement => names(settlement, account));
  if (settlements.length > 0) return settlements.reduce((sum, settlement) => sum + postedTo(settlement, account), 0n);
  if (![5, 6, 9, 10, 11, 12].includes(operation.type)) return undefined;
  const number = field => accountOf(checks, operation[field], transaction);
  if (operation.type > 6) return number('account') === account ? 0n : undefined;
  const sides = { debit: number('debit'), credit: number('credit') };
  if (!names(sides, account)) return undefined;
  return postedTo({ ...sides, posted: operation.type === 5 ? operation.amount : 0n }, account);
}

/** The number of an account, where need be by the range that an operation of the same transaction opened. */
function accountOf(checks, reference, { whole, operations }) {
  if (reference.created === undefined) return reference.number;
  checks.require('effects', whole, 'an account that the transaction opened needs the whole transaction');
  const opened = operations.filter(({ type }) => creates(type))[Number(reference.created)];
  return opened.created + reference.offset;
}
