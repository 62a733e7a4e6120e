// Section 5 of docs/wire-format.md: one row per operation type, read and written by the same table.
import { Reader, ascii, bytes8, concat, refuseUnless, text, u48, u8, unhex, varint, within, zigzag } from './wire.mjs';
import { readKey, readKeyset, readScheme, writeKeyset } from './keys.mjs';

export const amountMax = 2n ** 63n - 1n;
const offsetMax = 999_999_999n;
const linkedBit = 1;
const asBytes = value => (typeof value === 'string' ? unhex(value) : value);

/** {number} or {created}: which of the operations that create something in the same transaction, counted from 0. */
export function readReference(reader) {
  const value = reader.varint('reference');
  if ((value & 1n) === 1n) return { created: value >> 1n };
  refuseUnless(value > 0n, 'expected a number from 1');
  return { number: value >> 1n };
}

const writeReference = ({ number, created }) =>
  varint(number === undefined ? (BigInt(created) << 1n) | 1n : BigInt(number) << 1n);

const reference = { read: readReference, write: writeReference };
const account = {
  read(reader) {
    const found = readReference(reader);
    return found.created === undefined ? found : { ...found, offset: within('offset', reader.varint('offset'), 0n, offsetMax) };
  },
  write: value => (value.created === undefined ? writeReference(value) : concat(writeReference(value), varint(value.offset))),
};
const amount = { read: reader => within('amount', reader.varint('amount'), 0n, amountMax), write: varint };
const limitBut = (...none) => ({
  read(reader) {
    const found = reader.zigzag('limit');
    refuseUnless(!none.includes(found), `a limit of ${found} is not written as a number`);
    return found;
  },
  write: zigzag,
});
const floor = limitBut(-(2n ** 63n));
const ceiling = limitBut(2n ** 63n - 1n);
const firstFloor = limitBut(-(2n ** 63n), 0n);
const keyset = { read: readKeyset, write: value => writeKeyset({ ...value, keys: value.keys.map(({ weight, key }) => ({ weight, key: asBytes(key) })) }) };
const time = { read: reader => reader.u48('timeout'), write: u48 };
const rangeCount = { read: reader => reader.count('count', 1, 1_000_000_000), write: varint };
const scale = { read: reader => within('scale', reader.u8('scale'), 0, 9), write: u8 };
const hash = { read: reader => reader.take(32, 'hash'), write: asBytes };
const data = (least, most) => ({ read: reader => reader.bytes8('bytes', least, most), write: value => bytes8(asBytes(value)) });
const word = (pattern, most) => ({
  read(reader) {
    const found = text(reader.bytes8('text', 1, most));
    refuseUnless(pattern.test(found), `expected text of ${pattern}`);
    return found;
  },
  write: value => bytes8(ascii(value)),
});
const sealingKey = { read: reader => (readScheme(reader), readKey(reader)), write: value => concat(u8(1), asBytes(value)) };

// A field is [name, codec], [name, codec, bit] for one that a flag announces, or [name, codec, -bit] for one that a
// flag replaces. `flags` are those with no field of their own.
const rows = [
  { type: 1, name: 'open keyset', fields: [['keyset', keyset]], creates: 'keyset' },
  { type: 2, name: 'change keyset', fields: [['target', reference], ['keyset', keyset]] },
  { type: 3, name: 'create asset', flags: { restricted: 2 }, fields: [['issuer', reference], ['scale', scale], ['code', word(/^[A-Z0-9._-]+$/, 16)]], creates: 'asset' },
  {
    type: 4, name: 'open accounts', flags: { noFloor: 8 }, excludes: 2 | 8, creates: 'accounts',
    fields: [['owner', reference], ['asset', reference], ['count', rangeCount], ['floor', firstFloor, 2], ['ceiling', ceiling, 4]],
  },
  { type: 5, name: 'transfer', fields: [['debit', account], ['credit', account], ['amount', amount], ['reference', data(1, 16), 2]] },
  {
    type: 6, name: 'pending transfer', creates: 'pending',
    fields: [['debit', account], ['credit', account], ['amount', amount], ['timeoutMs', time], ['decider', reference, 4], ['reference', data(1, 16), 2]],
  },
  { type: 7, name: 'post', fields: [['pending', reference], ['amount', amount, 2]] },
  { type: 8, name: 'void', fields: [['pending', reference]] },
  { type: 9, name: 'set floor', fields: [['account', account], ['floor', floor, -2]] },
  { type: 10, name: 'set ceiling', fields: [['account', account], ['ceiling', ceiling, -2]] },
  { type: 11, name: 'freeze', flags: { unfreeze: 2 }, fields: [['account', account]] },
  { type: 12, name: 'close', fields: [['account', account]] },
  { type: 13, name: 'note', fields: [['author', reference], ['hash', hash], ['payload', data(0, 255)]] },
  { type: 14, name: 'change sealing key', fields: [['key', sealingKey]] },
  { type: 15, name: 'change operator', fields: [['operator', reference]] },
  { type: 16, name: 'set alias', fields: [['account', account], ['alias', word(/^[a-z0-9._-]+$/, 32)]] },
];
const rowOf = new Map(rows.map(row => [row.type, row]));

export const creates = type => rowOf.get(type).creates;
export const settles = type => type === 7 || type === 8;

function knownFlags({ flags = {}, fields }) {
  return [linkedBit, ...Object.values(flags), ...fields.map(([, , bit = 0]) => Math.abs(bit))].reduce((all, bit) => all | bit, 0);
}

/** The next operation: its type, name, whether it is linked, and its fields. */
export function readOperation(reader) {
  const type = reader.u8('operation type');
  const row = rowOf.get(type);
  refuseUnless(row, `expected an operation type from 1 to 16, found ${type}`);
  const bits = reader.u8('flags');
  refuseUnless((bits & ~knownFlags(row)) === 0, `${row.name} has no flag ${bits & ~knownFlags(row)}`);
  refuseUnless(!row.excludes || (bits & row.excludes) !== row.excludes, `flags ${row.excludes} of ${row.name} exclude each other`);
  const operation = { type, name: row.name, linked: (bits & linkedBit) !== 0 };
  for (const [flag, bit] of Object.entries(row.flags ?? {})) if (bits & bit) operation[flag] = true;
  for (const [field, codec, bit] of row.fields) {
    const present = bit === undefined || (bit > 0 ? (bits & bit) !== 0 : (bits & -bit) === 0);
    if (present) operation[field] = codec.read(reader);
  }
  return operation;
}

/** The bytes of an operation given as readOperation returns it; 64-bit numbers may be strings, bytes may be hex. */
export function writeOperation(operation) {
  const row = rowOf.get(operation.type);
  refuseUnless(row, `expected an operation type from 1 to 16, found ${operation.type}`);
  let bits = operation.linked ? linkedBit : 0;
  for (const [flag, bit] of Object.entries(row.flags ?? {})) if (operation[flag]) bits |= bit;
  const parts = [];
  for (const [field, codec, bit = 0] of row.fields) {
    const value = operation[field];
    if (value === undefined) {
      refuseUnless(bit !== 0, `${row.name} needs ${field}`);
      bits |= bit < 0 ? -bit : 0;
      continue;
    }
    bits |= bit > 0 ? bit : 0;
    parts.push(codec.write(value));
  }
  return concat(u8(operation.type), u8(bits), ...parts);
}

/** Operations one after the other, each with its index and its own bytes; the last is not linked. */
export function readOperations(bytes, count) {
  const reader = new Reader(bytes);
  const operations = [];
  for (let i = 0; i < count; i++) {
    const start = reader.at;
    const operation = readOperation(reader);
    operations.push({ index: i, ...operation, bytes: bytes.subarray(start, reader.at) });
  }
  reader.end('operations');
  checkStructure(operations);
  return operations;
}

const kindOfField = { target: 'keyset', issuer: 'keyset', owner: 'keyset', decider: 'keyset', author: 'keyset', operator: 'keyset', asset: 'asset', pending: 'pending', debit: 'accounts', credit: 'accounts', account: 'accounts' };

/** References within the transaction stand after what they name, and the last operation links to none. */
function checkStructure(operations) {
  const created = [];
  for (const operation of operations) {
    for (const [field, kind] of Object.entries(kindOfField)) {
      const place = operation[field]?.created;
      if (place === undefined) continue;
      const named = place < BigInt(created.length) ? created[Number(place)] : undefined;
      refuseUnless(named && creates(named.type) === kind, `${field} names creation ${place}, which does not create ${kind} earlier`);
    }
    if (creates(operation.type)) created.push(operation);
  }
  refuseUnless(!operations.at(-1)?.linked, 'the last operation of a transaction is not linked');
}
