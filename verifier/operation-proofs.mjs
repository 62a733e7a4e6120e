// Section 8.2 of docs/wire-format.md: one operation, or a whole transaction, against a header.
import { isIncluded, rootFromPath, treeRoot } from './hashes.mjs';
import { complaintAbout, leafPlaces, operationEffect } from './effects.mjs';
import { signedBytes, transactionId } from './transactions.mjs';
import { firstComplaint } from './checks.mjs';

/** The checks of an operation proof, as [name, run]; a run returns a complaint or undefined. In this order. */
export function operationChecks(proof, header) {
  const { transactionIndex, effectLeaf, effectPath, transactionPath } = proof;
  const { transactionCount, transactionsRoot, outcomesRoot } = header;
  return [
    ['operations root', async () => await operationsRoot(proof) ? undefined : 'the operation path has another length than its tree is high'],
    ['transactions root', async () => await isIncluded(await signedOf(proof, header), transactionIndex, transactionCount, transactionPath, transactionsRoot)
      ? undefined : `the transaction is not number ${transactionIndex} under the transactions root of block ${header.height}`],
    ['outcomes root', async () => await isIncluded(effectLeaf, transactionIndex, leafPlaces(header).count, effectPath, outcomesRoot)
      ? undefined : `the effect leaf is not number ${transactionIndex} under the outcomes root of block ${header.height}`],
    ['outcome', () => complaintAbout(proof.effect, proof.kind, proof.operations)],
  ];
}

/** What an operation proof fails; undefined if it holds. */
export const operationComplaint = (proof, header) => firstComplaint(operationChecks(proof, header), ([, run]) => run());

const operationsRoot = ({ operations, operationPath, operationCount }) => (operationPath
  ? rootFromPath(operations[0].bytes, operations[0].index, operationCount, operationPath)
  : treeRoot(operations.map(operation => operation.bytes)));

const signedOf = async (proof, header) => signedBytes({ genesisHash: header.genesisHash, ...proof }, await operationsRoot(proof));

/** The transaction that a proof shows: its id and outcome, and each operation shown with what became of it. */
export async function shownTransaction(proof, header) {
  return {
    id: await transactionId(proof.expiryMs, await signedOf(proof, header)),
    index: proof.transactionIndex,
    kind: proof.kind,
    operationCount: proof.operationCount,
    outcome: proof.effect.outcome,
    operations: shownOperations(proof),
  };
}

export const shownOperations = ({ operations, effect }) =>
  operations.map(operation => ({ ...operation, ...operationEffect(effect, operation.index) }));
