// Section 8.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { concat, unhex } from '../wire.mjs';
import { sha256 } from '../hashes.mjs';
import { verify } from '../actors-verify.mjs';
import { matches, plain, vectors } from './vectors.mjs';

const failed = ({ checks }) => checks.find(({ passed }) => !passed)?.name;

for (const kind of ['receipts', 'records', 'statements']) {
  const { genesisHash: hash, accepted, refused } = vectors(`08-${kind}`);
  const genesisHash = unhex(hash);

  for (const { name, file, shows } of accepted) {
    test(`${kind}: ${name}`, async () => {
      const result = await verify(unhex(file), genesisHash);
      assert.deepEqual(result.checks.filter(({ passed }) => !passed), []);
      assert.ok(result.valid);
      matches(plain({ ...result.shows, ...result.shows.transaction }), withoutZeros(shows));
    });
  }

  for (const { why, check, file } of refused) {
    test(`${kind} refused: ${why}`, async () => {
      const result = await verify(unhex(file), genesisHash);
      assert.equal(result.valid, false);
      assert.equal(failed(result), check, JSON.stringify(result.checks));
      assert.equal(result.shows, undefined);
    });
  }

  test(`${kind}: each one-byte change is refused`, async () => {
    const file = unhex(accepted[0].file);
    for (let at = 0; at < file.length; at++) {
      for (const bits of [0x01, 0x80, 0xff]) {
        const changed = file.slice();
        changed[at] ^= bits;
        assert.equal((await verify(changed, genesisHash)).valid, false, `byte ${at}`);
      }
    }
  });

  test(`${kind}: without a genesis hash nothing is shown`, async () => {
    assert.equal(failed(await verify(unhex(accepted[0].file), undefined)), 'anchored');
  });
}

test('receipts: each one-byte change is refused also by a file hash that is made right again', async () => {
  const { genesisHash, accepted } = vectors('08-receipts');
  for (const name of ['after a change of the sealing key', 'one operation of a bulk']) {
    const body = unhex(accepted.find(vector => vector.name === name).file).slice(0, -32);
    for (let at = 0; at < body.length; at++) {
      const changed = body.slice();
      changed[at] ^= 1 << (at % 8);
      const file = concat(changed, await sha256(changed));
      assert.equal((await verify(file, unhex(genesisHash))).valid, false, `${name}, byte ${at}`);
    }
  }
});

/** Vectors say "created 0" where nothing was created; the library then has no such member. */
function withoutZeros(shows) {
  const operations = shows.operations?.map(operation => ({ ...operation, created: operation.created === '0' ? undefined : operation.created }));
  return operations ? { ...shows, operations } : shows;
}
