// Section 8.5 of docs/wire-format.md: an account's blocks, newest first, each naming the one before it.
import { isIncluded } from './hashes.mjs';
import { headerHash } from './blocks.mjs';
import { isLeaf, leafPlaces } from './effects.mjs';
import { creates } from './operations.mjs';
import { operationComplaint, shownOperations, shownTransaction } from './operation-proofs.mjs';
import { firstComplaint } from './checks.mjs';

/** Checks a statement and returns the account, its entries, and the height where it goes on (0n: it is complete). */
export async function checkStatement(checks, { account, entries }, { header: anchor }) {
  const each = complaint => () => firstComplaint(entries, entry => complaint(entry, account, anchor));
  await checks.run('history', each(historyComplaint));
  await checks.run('touches', each(touchComplaint));
  await checks.run('statement chain', () => chainComplaint(entries, account));
  await checks.run('operations', each(operationsComplaint));
  await checks.run('expiries', each(expiriesComplaint));
  await checks.run('packets', each(packetsComplaint));
  await checks.run('statement order', each(orderComplaint));
  const shown = [];
  for (const entry of entries) shown.push(await show(entry, account));
  return { account, entries: shown, continuesAt: touchOf(entries.at(-1), account).previous };
}

async function historyComplaint({ header, historyPath }, _, anchor) {
  if (historyPath === undefined) return undefined;
  return await isIncluded(await headerHash(header), header.height, anchor.height, historyPath, anchor.historyRoot)
    ? undefined : `block ${header.height} is not under the history root of block ${anchor.height}`;
}

/** The touch of an account, if its leaf names it exactly once. */
function touchOf({ touch }, account) {
  const found = touch.touches.filter(other => other.account === account);
  return found.length === 1 ? found[0] : undefined;
}

async function touchComplaint(entry, account) {
  const { header, touch } = entry;
  if (touch.index < leafPlaces(header).firstTouch || !await isLeaf(touch, header)) return `leaf ${touch.index} of block ${header.height} is not one of its touch leaves`;
  return touchOf(entry, account) ? undefined : `block ${header.height} does not touch account ${account} once`;
}

function chainComplaint(entries, account) {
  for (let i = 1; i < entries.length; i++) {
    const { previous } = touchOf(entries[i - 1], account);
    if (entries[i].header.height !== previous) return `expected the entry of block ${previous}, found that of block ${entries[i].header.height}`;
  }
  return undefined;
}

async function operationsComplaint(entry, account) {
  const { header, operations, expiries, packets } = entry;
  if (operations.length + expiries.length + packets.length === 0) return `the entry of block ${header.height} shows nothing`;
  const [shown, change] = [changeShown(entry, account), touchOf(entry, account).change];
  return await firstComplaint(operations, async proof => await operationComplaint(proof, header)
    ?? (changesOf(proof, account).length > 0 ? undefined : `what is shown of transaction ${proof.transactionIndex} did not change account ${account}`))
    ?? (BigInt.asIntN(64, shown) === change ? undefined : `what is shown of block ${header.height} changed posted by ${shown}, its touch says ${change}`);
}

function expiriesComplaint({ header, expiries }, account) {
  const { firstExpiry, firstPacket } = leafPlaces(header);
  return leavesComplaint('expiry', expiries, firstExpiry, firstPacket, header, account);
}

function packetsComplaint({ header, packets }, account) {
  const { firstPacket, firstTouch } = leafPlaces(header);
  return leavesComplaint('packet', packets, firstPacket, firstTouch, header, account);
}

const leavesComplaint = (what, shown, first, end, header, account) => firstComplaint(shown, async leaf => {
  const isOne = leaf.index >= first && leaf.index < end && await isLeaf(leaf, header);
  if (!isOne) return `leaf ${leaf.index} of block ${header.height} is not one of its ${what} leaves`;
  return leaf.settlements.some(settlement => names(settlement, account)) ? undefined : `${what} leaf ${leaf.index} does not name account ${account}`;
});

function orderComplaint({ header, operations, expiries, packets }) {
  const inOrder = operations.every((proof, i) => i === 0 || follows(operations[i - 1], proof))
    && [expiries, packets].every(shown => shown.every((leaf, i) => i === 0 || leaf.index > shown[i - 1].index));
  return inOrder ? undefined : `the entry of block ${header.height} shows something twice or out of order`;
}

/** Transactions ascend, and so do single operations of one; one that is shown whole is shown once. */
const follows = (before, proof) => proof.transactionIndex > before.transactionIndex
  || (proof.transactionIndex === before.transactionIndex && before.operationPath !== undefined && proof.operationPath !== undefined
    && proof.operations[0].index > before.operations[0].index);

const settledBy = (shown, account) => shown.flatMap(({ settlements }) => settlements.filter(settlement => names(settlement, account)));

/** By how much what an entry shows changed what is posted on the account. */
function changeShown(entry, account) {
  const operations = entry.operations.flatMap(proof => changesOf(proof, account).map(({ posted }) => posted));
  const settled = settledBy([...entry.expiries, ...entry.packets], account).map(settlement => postedTo(settlement, account));
  return [...operations, ...settled].reduce((sum, posted) => sum + posted, 0n);
}

async function show(entry, account) {
  const { header, operations } = entry;
  const done = [];
  for (const proof of operations) {
    const { id } = await shownTransaction(proof, header);
    done.push(...changesOf(proof, account).map(change => ({ transaction: id, ...change })));
  }
  const { height, timeMs } = header;
  return { height, timeMs, change: changeShown(entry, account), operations: done, expired: settledBy(entry.expiries, account), packets: settledBy(entry.packets, account) };
}

const names = ({ debit, credit }, account) => debit === account || credit === account;
const postedTo = ({ debit, posted }, account) => (debit === account ? -posted : posted);

/** The operations of a proof that changed an account, each with the change of what is posted. */
function changesOf(proof, account) {
  const operations = shownOperations(proof);
  return operations.filter(operation => operation.outcome === 0).flatMap(operation => {
    const posted = changeOf(operation, operations, account, proof);
    return posted === undefined ? [] : [{ ...operation, posted }];
  });
}

function changeOf(operation, operations, account, proof) {
  const number = field => accountOf(operation[field], operations, proof);
  switch (operation.type) {
    case 5: case 6: case 24: case 26: {
      const sides = { debit: number('debit'), credit: number(operation.type === 24 ? 'through' : 'credit') };
      return names(sides, account) ? postedTo({ ...sides, posted: operation.type === 5 || operation.type === 24 ? operation.amount : 0n }, account) : undefined;
    }
    case 7: case 8: {
      const settled = (operation.settlements ?? []).filter(settlement => names(settlement, account));
      return settled.length === 0 ? undefined : settled.reduce((sum, settlement) => sum + postedTo(settlement, account), 0n);
    }
    case 9: case 10: case 11: case 12:
      return number('account') === account ? 0n : undefined;
    default:
      return undefined;
  }
}

/** The number of an account; undefined if its range was opened by an operation that is not shown. */
function accountOf(reference, operations, { operationPath }) {
  if (reference.created === undefined) return reference.number;
  if (operationPath !== undefined) return undefined;
  const first = operations.filter(({ type }) => creates(type))[Number(reference.created)]?.created;
  return first === undefined ? undefined : first + reference.offset;
}
