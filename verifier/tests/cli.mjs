import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { unhex } from '../wire.mjs';
import { vectors } from './vectors.mjs';

const cli = fileURLToPath(new URL('../cli.mjs', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'actors-verify-'));
after(() => rmSync(folder, { recursive: true }));

const { genesisHash, accepted } = vectors('08-receipts');
const bytes = unhex(accepted[0].file);
const run = (...args) => spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });

function save(name, content) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

test('a good receipt passes every check and ends with 0', () => {
  const { status, stdout } = run(save('good', bytes), '--genesis', genesisHash);
  assert.equal(status, 0);
  assert.match(stdout, /^passed {2}well-formed\npassed {2}anchored\n/);
  assert.match(stdout, new RegExp(accepted[0].shows.id));
});

test('a damaged receipt ends with 1 and says which check failed', () => {
  const damaged = bytes.slice();
  damaged[100] ^= 1;
  const { status, stdout } = run(save('damaged', damaged), '--genesis', genesisHash);
  assert.equal(status, 1);
  assert.match(stdout, /^FAILED {2}well-formed: /);
});

test('a true file about another account ends with 1', () => {
  const statement = vectors('08-statements');
  const file = save('statement', unhex(statement.accepted[0].file));
  const about = address => run(file, '--genesis', statement.genesisHash, '--account', address);
  assert.equal(about('proofs.2.87').status, 0);
  for (const other of ['proofs.12.12', 'other.2.86']) {
    const { status, stdout } = about(other);
    assert.equal(status, 1, other);
    assert.match(stdout, /^FAILED {2}account: expected the file to be about account/m);
  }
  assert.equal(about('proofs.2.88').status, 2);
  const receipt = run(save('receipt', bytes), '--genesis', genesisHash, '--account', 'proofs.2.87');
  assert.equal(receipt.status, 1);
  assert.match(receipt.stdout, /^FAILED {2}account: the file is not about an account/m);
});

test('without a genesis hash a receipt is not anchored', () => {
  const { status, stdout } = run(save('unanchored', bytes));
  assert.equal(status, 1);
  assert.match(stdout, /^FAILED {2}anchored: not anchored/m);
});

test('what cannot be run ends with 2', () => {
  for (const args of [[], [join(folder, 'none'), '--genesis', genesisHash], [save('same', bytes), '--genesis', 'abc'], ['--unknown']]) {
    const { status, stderr } = run(...args);
    assert.equal(status, 2, args.join(' '));
    assert.notEqual(stderr, '');
  }
});
