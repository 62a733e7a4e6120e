// Verifies receipt, record-proof and statement files with no network, from docs/wire-format.md alone.
//
//   const result = await verify(bytes, genesisHash);
//   result.valid     whether every check passed
//   result.checks    the checks in order: {name, passed, message of the one that failed}
//   result.kind      'receipt', 'records' or 'statement'
//   result.shows     what the file shows; only if it is valid
import { equal, hex } from './wire.mjs';
import { sha256, stateRoot, stateLeaves, isInTable } from './hashes.mjs';
import { isSignedBy } from './keys.mjs';
import { CheckFailed, Checks } from './checks.mjs';
import { readFile } from './files.mjs';
import { checkOperationProof } from './operation-proofs.mjs';
import { checkStatement } from './statements.mjs';
import { readRecord, tables } from './records.mjs';

/** Checks a file against the hash (32 bytes) of the genesis of the chain that it should be of. */
export async function verify(bytes, genesisHash) {
  const checks = new Checks();
  try {
    const file = await checks.parse('well-formed', () => readFile(bytes));
    checks.require('undamaged', equal(await sha256(file.covered), file.fileHash), 'the file hash is not that of the file');
    await checkAnchor(checks, file.anchor, genesisHash);
    const shows = await contents[file.kind](checks, file.content, file.anchor);
    return { valid: true, kind: file.kind, checks: passed(checks), shows: { ...describe(file.anchor), ...shows } };
  } catch (failure) {
    if (!(failure instanceof CheckFailed)) throw failure;
    const before = passed(checks).filter(({ name }) => name !== failure.check);
    return { valid: false, checks: [...before, { name: failure.check, passed: false, message: failure.message }] };
  }
}

const passed = checks => checks.passed.map(name => ({ name, passed: true }));

const describe = ({ genesis, header }) => ({ chainId: genesis.chainId, height: header.height, timeMs: header.timeMs });

/** From the genesis hash that the verifier trusts, over the changes of the sealing key, to the seal of one header. */
async function checkAnchor(checks, { genesisBytes, genesis, keyChanges, header, seal }, genesisHash) {
  checks.require('anchored', genesisHash !== undefined, 'no genesis hash was given to verify against');
  const found = await sha256(genesisBytes);
  checks.require('anchored', equal(found, genesisHash), `expected the chain with genesis hash ${hex(genesisHash)}, found ${hex(found)}`);
  let sealing = { key: genesis.sealingKey, since: 0n };
  for (const change of keyChanges) sealing = await checkKeyChange(checks, change, sealing, genesisHash);
  await checkSealed(checks, 'seal', header, seal, sealing, genesisHash);
}

async function checkSealed(checks, check, header, seal, { key, since }, genesisHash) {
  checks.require(check, equal(header.genesisHash, genesisHash), `block ${header.height} is of another chain`);
  checks.require(check, header.height > since, `expected a block above ${since}, found block ${header.height}`);
  checks.require(check, await isSignedBy(key, seal, header.bytes), `the seal of block ${header.height} is not by the sealing key`);
}

async function checkKeyChange(checks, { header, seal, operation }, sealing, genesisHash) {
  await checkSealed(checks, 'key changes', header, seal, sealing, genesisHash);
  const { operations } = await checkOperationProof(checks, operation, header);
  const change = operations.find(({ type, outcome }) => type === 14 && outcome === 0n);
  checks.require('key changes', change, `the operation of block ${header.height} does not change the sealing key`);
  return { key: change.key, since: header.height };
}

const contents = {
  receipt: async (checks, proof, { header }) => ({ transaction: await checkOperationProof(checks, proof, header) }),
  records: checkRecords,
  statement: checkStatement,
};

async function checkRecords(checks, { account, records, roots }, { genesis, header }) {
  checks.require('state', equal(await stateRoot(genesis.leafRecords, roots), header.stateRoot), 'the tables do not lead to the state root');
  for (const { table, number, leaf, path } of records) {
    const { count, root } = roots[table];
    const index = (number - 1n) / BigInt(genesis.leafRecords);
    checks.require('records', number <= count, `table ${table} has ${count} records, not ${number}`);
    checks.require('records', await isInTable(leaf, index, stateLeaves(count, genesis.leafRecords), path, root),
      `record ${number} is not under the root of table ${table}`);
  }
  return { stateHeight: header.stateHeight, ...showRecords(checks, account, records, roots) };
}

function showRecords(checks, account, [first, second], roots) {
  if (!first) {
    checks.require('records', account > roots[tables.accounts].count, `account ${account} exists`);
    return { finding: 'no account', account };
  }
  const record = readRecord(first.table, first.record);
  if (!second) return { finding: first.table === tables.accounts ? 'account' : 'record', table: first.table, number: first.number, record };
  const range = readRecord(second.table, second.record);
  checks.require('records', range.first <= first.number && first.number < range.first + range.count, `account ${first.number} is not of the range`);
  return { finding: 'untouched account', account: first.number, range };
}

export { hex, unhex } from './wire.mjs';
