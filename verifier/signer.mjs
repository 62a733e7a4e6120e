// Makes and signs transactions from docs/wire-format.md alone.
//
//   const pair = await newKeyPair();
//   const transaction = await makeTransaction(genesisHash, Date.now() + 60_000, atomic, [
//     { type: 5, debit: { number: 1n }, credit: { number: 2n }, amount: 250n },
//   ]);
//   const envelope = await signEnvelope(transaction, [pair]);     // the bytes to submit
import { sign } from './keys.mjs';
import { writeEnvelope } from './transactions.mjs';

export const atomic = 1;
export const bulk = 2;

/** Signs with each key pair and returns the envelope. */
export async function signEnvelope(transaction, keyPairs) {
  const signatures = [];
  for (const { privateKey, key } of keyPairs) {
    signatures.push({ key, signature: await sign(privateKey, transaction.signed) });
  }
  return writeEnvelope(transaction, signatures);
}

export { newKeyPair } from './keys.mjs';
export { makeTransaction } from './transactions.mjs';
