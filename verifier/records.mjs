// Section 7 of docs/wire-format.md: the records of the state. Integers are little-endian here, and only here.
import { hex, refuseUnless, text } from './wire.mjs';

export const recordBytes = [128, 128, 128, 64, 64, 64, 64, 64];
export const tables = { chain: 0, keysets: 1, keys: 2, assets: 3, ranges: 4, accounts: 5, pendings: 6, aliases: 7 };

const unsigned = (record, at, length) => {
  let value = 0n;
  for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(record[at + i]);
  return value;
};
const u = length => (record, at) => unsigned(record, at, length);
const small = length => (record, at) => Number(unsigned(record, at, length));
const i64 = (record, at) => BigInt.asIntN(64, unsigned(record, at, 8));
const key = (record, at) => hex(record.subarray(at, at + 64));
const padded = most => (record, at, length) => text(record.subarray(at, at + Math.min(length, most)));

const layouts = [
  { operatorKeyset: [0, u(4)], sealingScheme: [4, small(1)], sealingKey: [8, key], sealingKeySince: [72, u(8)], sealingKeyChanges: [80, small(2)] },
  {
    firstKey: [0, key], scheme: [64, small(1)], weight: [65, small(1)], keyCount: [66, small(1)], threshold: [68, small(2)],
    furtherKeysFrom: [72, u(8)], changedAt: [80, u(8)],
  },
  { key: [0, key], scheme: [64, small(1)], weight: [65, small(1)] },
  {
    code: [0, (record, at) => padded(16)(record, at, record[16])], scale: [17, small(1)], flags: [18, small(1)],
    issuer: [20, u(4)], createdAt: [24, u(8)],
  },
  {
    first: [0, u(8)], count: [8, u(8)], owner: [16, u(4)], asset: [20, u(3)], flags: [23, small(1)], floor: [24, i64],
    ceiling: [32, i64], openedAt: [40, u(8)],
  },
  {
    posted: [0, i64], pendingOut: [8, i64], pendingIn: [16, i64], floor: [24, i64], ceiling: [32, i64], owner: [40, u(4)],
    asset: [44, u(3)], flags: [47, small(1)], touchesMod1024: [48, small(2)], lastBlock: [50, u(6)], milestone: [56, u(8)],
  },
  {
    debit: [0, u(8)], credit: [8, u(8)], amount: [16, i64], timeoutMs: [24, small(6)], state: [30, small(1)], decider: [32, u(4)],
    groupSize: [36, small(2)], groupFirst: [40, u(8)], reference: [48, (record, at) => hex(record.subarray(at, at + Math.min(record[38], 16)))],
  },
  { account: [0, u(8)], keyset: [8, u(4)], alias: [16, (record, at) => padded(32)(record, at, record[12])] },
];

/** The fields of a record of a table, by the names above. */
export function readRecord(table, record) {
  refuseUnless(record.length === recordBytes[table], `expected a record of ${recordBytes[table]} bytes, found ${record.length}`);
  return Object.fromEntries(Object.entries(layouts[table]).map(([name, [at, read]]) => [name, read(record, at)]));
}
