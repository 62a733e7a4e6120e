using Actors.Gateway.Problems;
using Actors.Ledger;

namespace Actors.Gateway.Access;

/// <summary>Whose request it is and what it may do. <paramref name="Own"/> holds, for <see cref="Scope.ReadOwn"/>, keysets by chain.</summary>
internal sealed record Caller(string Name, Scope Scope, IReadOnlyDictionary<ChainId, IReadOnlySet<KeysetNumber>> Own)
{
    private static readonly Dictionary<ChainId, IReadOnlySet<KeysetNumber>> Nothing = [];

    /// <summary>Somebody on this machine, where nothing is configured.</summary>
    public static readonly Caller Local = new("local", Scope.ReadAll | Scope.Submit, Nothing);

    /// <summary>Whoever can read the data folder.</summary>
    public static readonly Caller Administrator = new("admin token", Scope.ReadAll | Scope.Submit | Scope.Admin, Nothing);

    public bool Has(Scope scope) => (Scope & scope) != 0;

    public bool ReadsAll => Has(Scope.ReadAll);

    public bool ReadsSomethingOf(ChainId chain) => ReadsAll || Own.ContainsKey(chain);

    public bool Reads(ChainId chain, KeysetNumber keyset) => ReadsAll || (Own.TryGetValue(chain, out var keysets) && keysets.Contains(keyset));

    /// <summary>
    /// Refuses what concerns none of the caller's keysets; <paramref name="keysets"/> is empty for what does not exist, which a reader of its own
    /// must not be able to tell from what belongs to others.
    /// </summary>
    /// <exception cref="RefusedException">Forbidden.</exception>
    public void RequireReads(ChainId chain, params ReadOnlySpan<KeysetNumber> keysets)
    {
        if (ReadsAll)
        {
            return;
        }

        foreach (var keyset in keysets)
        {
            if (Reads(chain, keyset))
            {
                return;
            }
        }

        throw Forbidden("this concerns none of your keysets, or does not exist; it needs the scope read-all");
    }

    public static RefusedException Forbidden(string detail) => new(ProblemKind.Forbidden, detail);
}
