// Section 9 of docs/wire-format.md: channel records under a header, packets, and runs of leaves. Acknowledgements are in effects.mjs.
import { Reader, ascii, concat, equal, refuseUnless, text, u64, within } from './wire.mjs';
import { leafHash, nodeHash, rootFromPath, sha256, treeRoot } from './hashes.mjs';
import { amountMax } from './operations.mjs';
import { readRecord, tables } from './records.mjs';

const accountMax = 1n << 36n;
const pendingMax = (1n << 64n) - 1n;

/** Section 9.1: the root that a header carries over so many channels. */
export const channelsRoot = async (count, root) => (count === 0 ? treeRoot([]) : sha256(concat(ascii('ActorsC1'), u64(count), root)));

/** The fields of a channel's record if the proof leads to the channels root of a header; undefined otherwise. */
export async function provenChannel({ count, record, path }, expected) {
  const fields = readRecord(tables.channels, record);
  const index = fields.number - 1n;
  if (index < 0n || index >= BigInt(count)) return undefined;
  const root = await rootFromPath(record, index, BigInt(count), path);
  return root && equal(await channelsRoot(count, root), expected) ? fields : undefined;
}

/** Section 9.2. */
export function readPacket(bytes) {
  const reader = new Reader(bytes);
  const packet = within('packet tag', reader.u8('packet tag'), 1, 2) === 2 ? readMessage(reader) : readValue(reader);
  reader.end('packet');
  return packet;
}

const account = (reader, what) => within(what, reader.varint(what), 1n, accountMax);

const readMessage = reader => ({
  message: true,
  sender: account(reader, 'sender'),
  timeoutMs: reader.u48('timeout'),
  handler: text(reader.bytes8('handler', 1, 32)),
  payload: reader.take(reader.count('payload length', 0, 4096), 'payload'),
});

function readValue(reader) {
  const flags = reader.u8('packet flags');
  refuseUnless((flags & ~7) === 0, `a packet has no flag ${flags & ~7}`);
  return {
    homeward: (flags & 1) !== 0,
    sender: account(reader, 'sender'),
    timeoutMs: reader.u48('timeout'),
    asset: within('asset', reader.varint('asset'), 1n, 65_535n),
    recipient: account(reader, 'recipient'),
    amount: within('amount', reader.varint('amount'), 0n, amountMax),
    memo: flags & 2 ? reader.bytes8('memo', 1, 64) : undefined,
    delivers: flags & 4 ? within('pending', reader.varint('pending'), 1n, pendingMax) : undefined,
  };
}

/** Section 9.4: the root of a tree of that size, from its first leaves and the path of what stands to the right of them. */
export async function extendedRoot(leaves, size, right) {
  const left = [...right];
  const root = await over(0, size);
  return left.length === 0 ? root : undefined;

  async function over(first, count) {
    if (first >= leaves.length) return left.shift();
    if (count === 1) return leafHash(leaves[first]);
    let half = 1;
    while (half * 2 < count) half *= 2;
    const [whole, rest] = [first + count <= leaves.length, first + half];
    if (whole) return treeRoot(leaves.slice(first, first + count));
    const under = await over(first, half);
    const beside = await over(rest, count - half);
    return under && beside ? nodeHash(under, beside) : undefined;
  }
}
