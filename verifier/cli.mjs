#!/usr/bin/env node
// node verifier/cli.mjs FILE --genesis HASH    exit code 0: every check passed, 1: one failed, 2: could not run
import { readFile } from 'node:fs/promises';
import { hex, unhex, verify } from './actors-verify.mjs';

const usage = 'usage: node cli.mjs FILE --genesis HASH';
const plain = (_, value) => {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Uint8Array ? hex(value) : value;
};

function parse(args) {
  const at = args.indexOf('--genesis');
  const genesis = at < 0 ? undefined : args[at + 1];
  const files = at < 0 ? args : args.toSpliced(at, 2);
  if (files.length !== 1 || files[0].startsWith('-') || (at >= 0 && !/^[0-9a-f]{64}$/i.test(genesis ?? ''))) throw new Error(usage);
  return { file: files[0], genesisHash: genesis && unhex(genesis) };
}

try {
  const { file, genesisHash } = parse(process.argv.slice(2));
  const result = await verify(new Uint8Array(await readFile(file)), genesisHash);
  for (const { name, passed, message } of result.checks) console.log(passed ? `passed  ${name}` : `FAILED  ${name}: ${message}`);
  if (result.valid) console.log(JSON.stringify({ kind: result.kind, ...result.shows }, plain, 2));
  process.exitCode = result.valid ? 0 : 1;
} catch (failure) {
  console.error(failure.message);
  process.exitCode = 2;
}
