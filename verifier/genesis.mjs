// Section 3 of docs/wire-format.md.
import { Reader, refuseUnless, text, within } from './wire.mjs';
import { readKey, readKeyset, readScheme } from './keys.mjs';

const mebibyte = 1 << 20;

export function readGenesis(bytes) {
  const reader = new Reader(bytes);
  reader.magic('ActorsG1');
  const chainId = text(reader.bytes8('chain id', 1, 32));
  refuseUnless(/^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(chainId), 'expected a chain id of a-z 0-9 -, from a letter, not to a -');
  const createdMs = reader.u48('created');
  const operator = readKeyset(reader);
  readScheme(reader);
  const sealingKey = readKey(reader);
  const leafRecords = reader.u8('leaf records');
  refuseUnless([1, 2, 4, 8, 16, 32, 64].includes(leafRecords), `expected a power of two up to 64 as leaf records, found ${leafRecords}`);
  const operationsMax = within('operations max', reader.u32('operations max'), 8192, 65536);
  const bytesMax = within('bytes max', reader.u32('bytes max'), 2 * mebibyte, 16 * mebibyte);
  const validityMs = within('validity', reader.u32('validity'), 1000, 300000);
  const openMax = within('open max', reader.u32('open max'), 0, 1_000_000_000);
  const features = reader.u64('features');
  refuseUnless(features === 0n, 'expected features to be 0');
  reader.end('genesis');
  return { chainId, createdMs, operator, sealingKey, leafRecords, operationsMax, bytesMax, validityMs, openMax };
}
