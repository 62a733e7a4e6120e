using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;

namespace Actors.Ledger.Tests.Channels;

/// <summary>Files that convict a party which sealed a second block at a height.</summary>
internal static class Equivocations
{
    public static byte[] SameHeight(Party party, ulong height) => new Equivocation(party.Anchor(height), Forged(party, height), default, null).Encode();

    /// <summary>The later header is the party's newest.</summary>
    public static byte[] OtherHistory(Party party, ulong height)
    {
        var hash = Sha256.Of(party.Block(height).Header.Encode());
        return new Equivocation(Forged(party, height), party.Anchor(party.Height), hash, party.HistoryPath((int)height, (int)party.Height)).Encode();
    }

    /// <summary>A second header of a height, by the key that sealed the first.</summary>
    public static Anchor Forged(Party party, ulong height)
    {
        var anchor = party.Anchor(height);
        var header = anchor.Header with { TransactionsRoot = Hash256.Zero };
        return anchor with { Header = header, Seal = party.Fixture.SealerOf(height).Sign(header.Encode()) };
    }
}
