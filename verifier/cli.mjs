#!/usr/bin/env node
// node verifier/cli.mjs FILE --genesis HASH [--account ADDRESS]    exit code 0: every check passed, 1: one failed, 2: could not run
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { hex, readAddress, unhex, verify } from './actors-verify.mjs';

const usage = 'usage: node cli.mjs FILE --genesis HASH [--account ADDRESS]';
const plain = (_, value) => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? hex(value) : value;
};

function parse(args) {
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options: { genesis: { type: 'string' }, account: { type: 'string' } } });
  const { genesis, account } = values;
  if (positionals.length !== 1 || (genesis !== undefined && !/^[0-9a-f]{64}$/i.test(genesis))) throw new Error(usage);
  return { file: positionals[0], genesisHash: genesis && unhex(genesis), account: account && readAddress(account) };
}

try {
  const { file, genesisHash, account } = parse(process.argv.slice(2));
  const result = await verify(new Uint8Array(await readFile(file)), genesisHash, account);
  for (const { name, passed, message } of result.checks) console.log(passed ? `passed  ${name}` : `FAILED  ${name}: ${message}`);
  if (result.valid) console.log(JSON.stringify({ kind: result.kind, ...result.shows }, plain, 2));
  process.exitCode = result.valid ? 0 : 1;
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 2;
}
