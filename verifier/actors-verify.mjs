// Verifies receipt, record-proof and statement files with no network, from docs/wire-format.md alone.
//
//   const result = await verify(bytes, genesisHash, readAddress('chain.7.42'));   the address only if an account was asked about
//   result.valid     whether every check passed
//   result.checks    the checks in order, to the first that failed: {name, passed, message}
//   result.kind      'receipt', 'records' or 'statement'; only if it is valid
//   result.shows     what the file shows; only if it is valid
import { equal, hex } from './wire.mjs';
import { sha256 } from './hashes.mjs';
import { isSignedBy } from './keys.mjs';
import { CheckFailed, Checks } from './checks.mjs';
import { readFile } from './files.mjs';
import { operationChecks, operationComplaint, shownOperations, shownTransaction } from './operation-proofs.mjs';
import { checkRecords } from './record-proofs.mjs';
import { checkStatement } from './statements.mjs';

/**
 * Checks a file against the hash (32 bytes) of the genesis of the chain that it should be of and, where one is given, the
 * account ({chainId, number}) that it should be about.
 */
export async function verify(bytes, genesisHash, account) {
  const checks = new Checks();
  try {
    let file;
    await checks.run('well-formed', async () => {
      file = await readFile(bytes);
    });
    await checkAnchor(checks, file.anchor, genesisHash);
    const shows = await contents[file.kind](checks, file.content, file.anchor);
    if (account) await checks.run('account', () => accountComplaint(account, file.anchor.genesis, shows));
    return { valid: true, kind: file.kind, checks: checks.passed, shows: { ...describe(file.anchor), ...shows } };
  } catch (failure) {
    if (!(failure instanceof CheckFailed)) throw failure;
    return { valid: false, checks: [...checks.passed, { name: failure.check, passed: false, message: failure.message }] };
  }
}

const describe = ({ genesis, header }) => ({ chainId: genesis.chainId, height: header.height, timeMs: header.timeMs });

/** From the genesis hash that the verifier trusts, over the changes of the sealing key, to the seal of one header. */
async function checkAnchor(checks, { genesisBytes, genesis, keyChanges, header, seal }, genesisHash) {
  const found = await sha256(genesisBytes);
  await checks.run('anchored', () => {
    if (genesisHash === undefined) return 'not anchored: no genesis hash was given';
    return equal(found, genesisHash) ? undefined : `expected the chain with genesis hash ${hex(genesisHash)}, found ${hex(found)}`;
  });
  await checks.run('genesis', () => {
    const stranger = [...keyChanges.map(change => change.header), header].find(other => !equal(other.genesisHash, found));
    return stranger && `block ${stranger.height} is of another chain`;
  });
  let sealing = { key: genesis.sealingKey, since: 0n };
  for (const [i, change] of keyChanges.entries()) {
    const key = newKey(change);
    await checks.run(`key change ${i + 1}`, async () => await sealComplaint(change, sealing)
      ?? await operationComplaint(change.operation, change.header)
      ?? (key ? undefined : `what is shown of block ${change.header.height} does not change the sealing key`));
    sealing = { key, since: change.header.height };
  }
  await checks.run('seal', () => sealComplaint({ header, seal }, sealing));
}

async function sealComplaint({ header, seal }, { key, since }) {
  if (header.height <= since) return `expected a block above ${since}, found block ${header.height}`;
  return await isSignedBy(key, seal, header.bytes) ? undefined : `the seal of block ${header.height} is not by the sealing key`;
}

function accountComplaint({ chainId, number }, genesis, { account }) {
  if (account === undefined) return 'the file is not about an account';
  return genesis.chainId === chainId && account === number
    ? undefined : `expected the file to be about account ${number} of ${chainId}, found account ${account} of ${genesis.chainId}`;
}

const newKey = ({ operation }) => shownOperations(operation).find(({ type, outcome }) => type === 14 && outcome === 0)?.key;

const contents = {
  async receipt(checks, proof, { header }) {
    for (const [name, run] of operationChecks(proof, header)) await checks.run(name, run);
    return { transaction: await shownTransaction(proof, header) };
  },
  records: checkRecords,
  statement: checkStatement,
};

export { hex, unhex } from './wire.mjs';
export { readAddress } from './addresses.mjs';
