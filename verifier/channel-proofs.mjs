// Sections 8.6 and 8.7 of docs/wire-format.md: what became of a packet, and two headers that cannot both be true.
import { equal } from './wire.mjs';
import { isIncluded, sha256 } from './hashes.mjs';
import { headerHash } from './blocks.mjs';
import { isLeaf, leafPlaces } from './effects.mjs';
import { CheckFailed, Checks } from './checks.mjs';
import { checkAnchor } from './actors-verify.mjs';

/** Checks a packet file and returns what the packet moved. */
export async function checkPacket(checks, { channel, sequence, refunded, packet, effects }, { header }) {
  const found = effects.filter(effect => effect.channel === BigInt(channel) && effect.sequence === sequence && (BigInt(effect.outcome) !== 0n) === refunded);
  await checks.run('packet', async () => {
    const { firstPacket, firstTouch } = leafPlaces(header);
    const isPacket = packet.index >= firstPacket && packet.index < firstTouch && await isLeaf(packet, header);
    if (!isPacket) return `leaf ${packet.index} of block ${header.height} is not one of its packet leaves`;
    return found.length === 1 ? undefined : `packet leaf ${packet.index} does not say once that packet ${sequence} of channel ${channel} was ${refunded ? 'refunded' : 'received'}`;
  });
  return { packet: found[0] };
}

/** Checks that the chain of the anchor sealed another history too. */
export async function checkEquivocation(checks, { later, historyPath, inHistory }, earlier) {
  await checks.run('later', async () => {
    try {
      await checkAnchor(new Checks(), later, await sha256(earlier.genesisBytes));
      return undefined;
    } catch (failure) {
      if (!(failure instanceof CheckFailed)) throw failure;
      return failure.message;
    }
  });
  await checks.run('contradiction', async () => await contradicts(earlier.header, later.header, historyPath, inHistory)
    ? undefined : `the headers of blocks ${earlier.header.height} and ${later.header.height} can both be true`);
  return { from: earlier.header.height };
}

async function contradicts(earlier, later, historyPath, inHistory) {
  const hash = await headerHash(earlier);
  if (historyPath === undefined) return earlier.height === later.height && !equal(hash, await headerHash(later));
  return earlier.height < later.height && !equal(hash, inHistory)
    && isIncluded(inHistory, earlier.height, later.height, historyPath, later.historyRoot);
}
