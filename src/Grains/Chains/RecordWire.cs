using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Grains.Chains;

/// <summary>What is read from a chain as it crosses between grains, and back.</summary>
internal static class RecordWire
{
    public static ChainHead Answer(ChainStatus status) => new()
    {
        Height = status.Height.Value,
        HeaderHash = status.HeaderHash.AsSpan().ToArray(),
        TimeMs = status.Time.Ms,
        StateHeight = status.StateHeight.Value,
        Accounts = status.Accounts,
        Keysets = status.Keysets,
        Assets = status.Assets,
        Pendings = status.Pendings,
        Operator = status.Operator.Value,
        SealingKey = status.SealingKey.AsSpan().ToArray(),
        WritesStopped = status.WritesStopped,
        Notices = [.. status.Notices],
    };

    public static ChainStatus Status(ChainHead head) =>
        new(new Height(head.Height), new Hash256(head.HeaderHash), new Timestamp(head.TimeMs), new Height(head.StateHeight))
        {
            Accounts = head.Accounts,
            Keysets = head.Keysets,
            Assets = head.Assets,
            Pendings = head.Pendings,
            Operator = new KeysetNumber(head.Operator),
            SealingKey = new PublicKey(head.SealingKey),
            WritesStopped = head.WritesStopped,
            Notices = head.Notices,
        };

    public static AccountState Answer(AccountView view) => new()
    {
        Number = view.Number.Value,
        Owner = view.Owner.Value,
        Asset = view.Asset.Value,
        AsOf = view.AsOf.Value,
        Posted = view.Posted,
        PendingOut = view.PendingOut,
        PendingIn = view.PendingIn,
        Floor = view.Floor,
        Ceiling = view.Ceiling,
        Flags = view.Flags,
        LastBlock = view.LastBlock.Value,
    };

    public static AccountView View(AccountState state) =>
        new(new AccountNumber(state.Number), new KeysetNumber(state.Owner), new AssetNumber(state.Asset), new Height(state.AsOf))
        {
            Posted = state.Posted,
            PendingOut = state.PendingOut,
            PendingIn = state.PendingIn,
            Floor = state.Floor,
            Ceiling = state.Ceiling,
            Flags = state.Flags,
            LastBlock = new Height(state.LastBlock),
        };

    public static KeysetState Answer(KeysetView view) =>
        new() { Number = view.Number.Value, Definition = view.Definition.Encode(), ChangedAt = view.ChangedAt.Value, AsOf = view.AsOf.Value };

    public static KeysetView View(KeysetState state) =>
        new(new KeysetNumber(state.Number), KeysetDefinition.Parse(state.Definition), new Height(state.ChangedAt), new Height(state.AsOf));

    public static AssetState Answer(AssetView view) => new()
    {
        Number = view.Number.Value,
        Code = view.Code,
        Scale = view.Scale,
        Issuer = view.Issuer.Value,
        Restricted = view.Restricted,
        CreatedAt = view.CreatedAt.Value,
        AsOf = view.AsOf.Value,
    };

    public static AssetView View(AssetState state) =>
        new(new AssetNumber(state.Number), state.Code, state.Scale, new KeysetNumber(state.Issuer), state.Restricted, new Height(state.CreatedAt), new Height(state.AsOf));

    public static PendingAnswer Answer(PendingView view) => new()
    {
        Number = view.Number.Value,
        State = view.State,
        AsOf = view.AsOf.Value,
        Debit = view.Debit.Value,
        Credit = view.Credit.Value,
        Amount = view.Amount,
        TimeoutMs = view.Timeout.Ms,
        Decider = view.Decider.Value,
        GroupFirst = view.GroupFirst.Value,
        GroupSize = view.GroupSize,
        Reference = view.Reference.ToArray(),
        IsCollapsed = view.IsCollapsed,
    };

    public static PendingView View(PendingAnswer answer) => new(new PendingNumber(answer.Number), answer.State, new Height(answer.AsOf))
    {
        Debit = new AccountNumber(answer.Debit),
        Credit = new AccountNumber(answer.Credit),
        Amount = answer.Amount,
        Timeout = new Timestamp(answer.TimeoutMs),
        Decider = new KeysetNumber(answer.Decider),
        GroupFirst = new PendingNumber(answer.GroupFirst),
        GroupSize = answer.GroupSize,
        Reference = new Reference(answer.Reference),
        IsCollapsed = answer.IsCollapsed,
    };

    public static HistoryAnswer Answer(HistoryProof proof)
    {
        var path = new byte[proof.Path.Count * Hash256.Size];
        for (var i = 0; i < proof.Path.Count; i++)
        {
            proof.Path[i].CopyTo(path.AsSpan(i * Hash256.Size));
        }

        return new HistoryAnswer { HeaderHash = proof.HeaderHash.AsSpan().ToArray(), HistoryRoot = proof.HistoryRoot.AsSpan().ToArray(), Path = path };
    }

    public static HistoryProof Proof(Height height, Height size, HistoryAnswer answer) => new(
        height, size, new Hash256(answer.HeaderHash), new Hash256(answer.HistoryRoot), [.. answer.Path.Chunk(Hash256.Size).Select(hash => new Hash256(hash))]);
}
