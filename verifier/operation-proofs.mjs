// Section 8.2 of docs/wire-format.md: one operation, or a whole transaction, against a header.
import { isIncluded, rootFromPath, treeRoot } from './hashes.mjs';
import { leafPlaces, operationEffect, readTransactionLeaf } from './effects.mjs';
import { signedBytes, transactionId } from './transactions.mjs';

/** Checks a proof and returns the transaction: its id and outcome, and each shown operation with its outcome. */
export async function checkOperationProof(checks, proof, header) {
  const root = proof.operationPath
    ? await rootFromPath(proof.operations[0].bytes, proof.operations[0].index, proof.operationCount, proof.operationPath)
    : await treeRoot(proof.operations.map(operation => operation.bytes));
  checks.require('operation', root !== null, 'the operation path has another length than its tree is high');
  const signed = signedBytes({ genesisHash: header.genesisHash, ...proof }, root);
  checks.require('transaction',
    await isIncluded(signed, proof.transactionIndex, header.transactionCount, proof.transactionPath, header.transactionsRoot),
    `the transaction is not number ${proof.transactionIndex} under the transactions root of block ${header.height}`);
  checks.require('outcome',
    await isIncluded(proof.effectLeaf, proof.transactionIndex, leafPlaces(header).count, proof.effectPath, header.outcomesRoot),
    `the effect leaf is not number ${proof.transactionIndex} under the outcomes root of block ${header.height}`);
  return checks.parse('outcome', async () => {
    const types = new Map(proof.operations.map(operation => [operation.index, operation.type]));
    const leaf = readTransactionLeaf(proof.effectLeaf, proof, index => types.get(index));
    return {
      id: await transactionId(proof.expiryMs, signed),
      index: proof.transactionIndex,
      kind: proof.kind,
      operationCount: proof.operationCount,
      whole: proof.operationPath === undefined,
      outcome: leaf.outcome,
      operations: proof.operations.map(operation => ({ ...operation, ...operationEffect(leaf, operation.index, operation.type) })),
    };
  });
}
