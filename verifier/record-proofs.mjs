// Section 8.4 of docs/wire-format.md: records of the state, or that an account does not exist.
import { equal, isZero } from './wire.mjs';
import { isInTable, stateLeaves, stateRoot } from './hashes.mjs';
import { readRecord, tables } from './records.mjs';
import { firstComplaint } from './checks.mjs';

/** Checks a record-proof file and returns what its records together show. */
export async function checkRecords(checks, { account, records, roots }, { genesis, header }) {
  await checks.run('state root', async () => equal(await stateRoot(genesis.leafRecords, roots), header.stateRoot)
    ? undefined : `the tables do not lead to the state root of block ${header.stateHeight}`);
  await checks.run('records', () => firstComplaint(records, record => recordComplaint(record, roots, genesis.leafRecords)));
  await checks.run('existence', () => (account === undefined ? existenceComplaint(records) : absenceComplaint(account, roots)));
  return { stateHeight: header.stateHeight, ...show(account, records) };
}

async function recordComplaint({ table, number, leaf, path }, roots, leafRecords) {
  const { count, root } = roots[table];
  if (number > count) return `table ${table} has ${count} records, not ${number}`;
  const index = (number - 1n) / BigInt(leafRecords);
  return await isInTable(leaf, index, stateLeaves(count, leafRecords), path, root)
    ? undefined : `record ${number} is not under the root of table ${table}`;
}

const absenceComplaint = (account, roots) =>
  account > roots[tables.accounts].count ? undefined : `account ${account} is not above the ${roots[tables.accounts].count} accounts`;

function existenceComplaint([first, second]) {
  const isEmptyAccount = first.table === tables.accounts && isZero(first.record);
  if (!second) return first.table === tables.accounts ? ownerComplaint(first, isEmptyAccount) : undefined;
  if (!isEmptyAccount || second.table !== tables.ranges) return 'two records are the empty slot of an account and its range';
  const range = readRecord(second.table, second.record);
  return range.first <= first.number && first.number < range.first + range.count ? undefined : `account ${first.number} is not of the range`;
}

function ownerComplaint({ table, number, record }, isEmpty) {
  if (isEmpty) return `the slot of account ${number} is empty: the record of its range is needed too`;
  return readRecord(table, record).owner === 0n ? `the record of account ${number} has no owner` : undefined;
}

function show(account, [first, second]) {
  if (!first) return { finding: 'no account', account };
  if (second) return { finding: 'untouched account', account: first.number, range: readRecord(second.table, second.record) };
  const record = readRecord(first.table, first.record);
  return first.table === tables.accounts ? { finding: 'account', account: first.number, record } : { finding: 'record', table: first.table, number: first.number, record };
}
