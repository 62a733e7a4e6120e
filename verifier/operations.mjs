// Section 5 of docs/wire-format.md: one row per operation type, read and written by the same table.
import { Reader, ascii, bytes8, concat, refuseUnless, text, u32, u48, u8, unhex, varint, within, zigzag } from './wire.mjs';
import { headerBytes, readHeader } from './blocks.mjs';
import { readAnchor, readContradiction, readKeyChange, readPath } from './files.mjs';
import { readGenesis } from './genesis.mjs';
import { readKey, readKeyset, readScheme, writeKeyset } from './keys.mjs';
import { recordBytes, tables } from './records.mjs';

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

// What channels add, section 9.
const accountMax = 1n << 36n;
const sequenceMax = (1n << 48n) - 1n;
const number = (least, most) => ({ read: reader => within('number', reader.varint('number'), BigInt(least), BigInt(most)), write: varint });
const number32 = number(1, 2 ** 32 - 1);
const height = number(1, 2n ** 64n - 1n);
const fixed = length => ({ read: reader => reader.take(length), write: asBytes });
const sized = most => ({
  read: reader => reader.take(reader.count('payload length', 0, most), 'payload'),
  write: value => concat(varint(asBytes(value).length), asBytes(value)),
});
const header = { read: reader => readHeader(reader.take(headerBytes, 'header')).bytes, write: asBytes };
const genesis = {
  read(reader) {
    const bytes = reader.take(within('genesis length', reader.u32('genesis length'), 0, 4096), 'genesis');
    readGenesis(bytes);
    return bytes;
  },
  write: value => concat(u32(asBytes(value).length), asBytes(value)),
};
const path = { read: readPathOf, write: value => concat(u8(value.length), ...value.map(asBytes)) };
const proof = {
  read: reader => ({ count: reader.count('channel count', 1, 65_535), record: reader.take(recordBytes[tables.channels], 'record'), path: readPathOf(reader) }),
  write: value => concat(varint(value.count), asBytes(value.record), path.write(value.path)),
};
const run = {
  read(reader) {
    const first = within('first', reader.varint('first'), 1n, sequenceMax);
    const lengths = several(reader.count('leaf count', 1, 8192), () => reader.count('leaf bytes', 1, 1 << 20));
    refuseUnless(lengths.reduce((sum, length) => sum + length, 0) <= 1 << 20, 'expected a run of at most 1 MiB');
    return { first, leaves: lengths.map(length => reader.take(length, 'leaf')), right: readPathOf(reader) };
  },
  write: ({ first, leaves, right }) => concat(
    varint(first), varint(leaves.length), ...leaves.map(leaf => varint(asBytes(leaf).length)), ...leaves.map(asBytes), path.write(right)),
};
const ranges = {
  read(reader) {
    let [next, total] = [1n, 0];
    return several(reader.count('range count', 1, 8192), () => {
      const first = next + within('sequence', reader.varint('sequence'), 0n, sequenceMax);
      const count = reader.count('packet count', 1, 8192);
      [next, total] = [first + BigInt(count), total + count];
      refuseUnless(total <= 8192 && next <= sequenceMax + 1n, 'expected at most 8,192 packets');
      return { first, count };
    });
  },
  write(value) {
    let next = 1n;
    return concat(varint(value.length), ...value.map(({ first, count }) => {
      const part = concat(varint(BigInt(first) - next), varint(count));
      next = BigInt(first) + BigInt(count);
      return part;
    }));
  },
};
/** Bytes of parts whose form is checked, kept as they are. */
const raw = check => ({
  read: reader => reader.spanOf(() => check(reader)),
  write: asBytes,
});
const keyChanges = {
  read: reader => several(within('change count', reader.u8('change count'), 0, 16), () => reader.spanOf(() => (readKeyChange(reader), readPath(reader)))),
  write: value => concat(u8(value.length), ...value.map(asBytes)),
};
const equivocation = raw(reader => (readAnchor(reader), readContradiction(reader)));
const settling = [['channel', number32], ['height', height], ['proof', proof]];

function readPathOf(reader) {
  return readPath(reader);
}

function several(count, read) {
  const items = [];
  for (let i = 0; i < count; i++) items.push(read());
  return items;
}

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
  { type: 14, name: 'change sealing key', fields: [['key', sealingKey], ['lostFirst', number(1, 2n ** 63n - 1n), 2], ['lostCount', number32, 2], ['lostHeader', fixed(32), 2]] },
  { type: 15, name: 'change operator', fields: [['operator', reference]] },
  { type: 16, name: 'set alias', fields: [['account', account], ['alias', word(/^[a-z0-9._-]+$/, 32)]] },
  { type: 17, name: 'open peer', fields: [['chain', word(/^[a-z]([a-z0-9-]*[a-z0-9])?$/, 32)], ['genesis', genesis]], creates: 'peer' },
  { type: 18, name: 'resume peer', fields: [['peer', reference], ['header', header], ['key', sealingKey]] },
  { type: 19, name: 'open channel', fields: [['peer', reference], ['inFlightMax', number(1, 1 << 20)], ['peerChannel', number32, 2]], creates: 'channel' },
  { type: 20, name: 'pause channel', flags: { resume: 2 }, fields: [['channel', reference]] },
  { type: 21, name: 'abandon channel', fields: [['channel', reference]] },
  {
    type: 22, name: 'open route', creates: 'route',
    fields: [['channel', reference], ['asset', reference, -2], ['peerAsset', number(1, 65_535), 2], ['scale', scale, 2], ['code', word(/^[A-Z0-9._-]+$/, 16), 2]],
  },
  { type: 23, name: 'limit route', fields: [['route', number32], ['amount', amount]] },
  {
    type: 24, name: 'send', creates: 'packet',
    fields: [
      ['debit', account], ['through', { ...reference, read: readNumbered }], ['recipient', number(1, accountMax)], ['amount', amount], ['timeoutMs', time],
      ['delivers', number(1, 2n ** 64n - 1n), 8], ['memo', data(1, 64), 2], ['peerGenesisHash', fixed(32), 4],
    ],
  },
  {
    type: 25, name: 'send message', creates: 'packet',
    fields: [
      ['sender', account], ['channel', reference], ['handler', word(/^[a-z0-9._-]+$/, 32)], ['payload', sized(4096)], ['timeoutMs', time],
      ['peerGenesisHash', fixed(32), 2],
    ],
  },
  {
    type: 26, name: 'pending delivery', creates: 'pending',
    fields: [
      ['debit', account], ['credit', account], ['amount', amount], ['timeoutMs', time], ['through', number(1, accountMax)],
      ['senderOnPeer', number(1, accountMax)], ['delivered', amount], ['recipient', account],
    ],
  },
  {
    type: 27, name: 'update peer', proven: true,
    fields: [['peer', number32], ['header', header], ['seal', fixed(64)], ['historyPath', path], ['keyChanges', keyChanges]],
  },
  { type: 28, name: 'confirm channel', proven: true, fields: settling },
  { type: 29, name: 'receive', proven: true, fields: [...settling, ['packets', run]] },
  { type: 30, name: 'acknowledge', proven: true, fields: [...settling, ['acknowledgements', run]] },
  { type: 31, name: 'time out', proven: true, flags: {}, fields: [['channel', number32], ['height', height, -2], ['proof', proof, -2], ['packets', ranges]] },
  { type: 32, name: 'report equivocation', proven: true, fields: [['peer', number32], ['equivocation', equivocation]] },
];
const rowOf = new Map(rows.map(row => [row.type, row]));

export const creates = type => rowOf.get(type).creates;
export const settles = type => type === 7 || type === 8;

function readNumbered(reader) {
  const found = readReference(reader);
  refuseUnless(found.created === undefined, "expected a route's account by its number");
  return found;
}

function knownFlags({ flags = {}, fields }) {
  return [linkedBit, ...Object.values(flags), ...fields.map(([, , bit = 0]) => Math.abs(bit))].reduce((all, bit) => all | bit, 0);
}

/** The next operation: its type, name, whether it is linked, and its fields. */
export function readOperation(reader) {
  const type = reader.u8('operation type');
  const row = rowOf.get(type);
  refuseUnless(row, `expected an operation type from 1 to 32, found ${type}`);
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
  refuseUnless(row, `expected an operation type from 1 to 32, found ${operation.type}`);
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
export function readOperations(bytes, count, kind) {
  const reader = new Reader(bytes);
  const operations = [];
  for (let i = 0; i < count; i++) {
    const start = reader.at;
    const operation = readOperation(reader);
    operations.push({ index: i, ...operation, bytes: bytes.subarray(start, reader.at) });
  }
  reader.end('operations');
  checkStructure(operations);
  if (kind !== undefined) checkProven(operations, kind === 3);
  return operations;
}

/** What rests on proof stands in transactions of kind 3, which hold nothing else and link nothing. */
function checkProven(operations, proven) {
  for (const operation of operations) {
    refuseUnless(rowOf.get(operation.type).proven === (proven || undefined), `${operation.name} does not stand in a transaction of this kind`);
    refuseUnless(!proven || !operation.linked, `${operation.name} is not linked`);
  }
}

const kindOfField = { target: 'keyset', issuer: 'keyset', owner: 'keyset', decider: 'keyset', author: 'keyset', operator: 'keyset', asset: 'asset', pending: 'pending', debit: 'accounts', credit: 'accounts', account: 'accounts', sender: 'accounts', recipient: 'accounts', peer: 'peer', channel: 'channel' };

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
