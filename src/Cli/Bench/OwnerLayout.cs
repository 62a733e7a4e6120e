using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>
/// Which accounts each owner keyset holds: consecutive ones, as even as the numbers allow. Account 1 of the chain is the
/// issuer's, so place p (from 0) is account p + 2.
/// </summary>
internal sealed record OwnerLayout(int Accounts, int Keysets)
{
    private const ulong FirstAccount = 2;

    public int Start(int keyset) => (int)((long)keyset * Accounts / Keysets);

    public int Count(int keyset) => Start(keyset + 1) - Start(keyset);

    public static AccountNumber NumberOf(int place) => new(FirstAccount + (ulong)place);
}
