using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>Who must have signed each operation of a transaction, by the state just before it.</summary>
public sealed class NaiveAuthority(NaiveState state, ulong openWithoutIssuerMax)
{
    private readonly List<Draft> _created = [];
    private Need _need = new();

    /// <summary>The keysets that each operation needs, and why more cannot be told.</summary>
    public List<Need> Needs(IReadOnlyList<IOperation> operations)
    {
        var needs = new List<Need>();
        foreach (var operation in operations)
        {
            _need = new Need();
            Look(operation);
            needs.Add(_need);
        }

        return needs;
    }

    private void Look(IOperation operation)
    {
        switch (operation)
        {
            case OpenKeyset open:
                _created.Add(new Draft { Keyset = open.Keyset });
                _need.Keysets.Add(open.Keyset);
                break;
            case ChangeKeyset change:
                _need.Add(Keyset(change.Keyset));
                break;
            case CreateAsset create:
                _created.Add(new Draft { Keyset = Keyset(create.Issuer), Restricted = create.Restricted });
                _need.Add(state.Keysets[state.Operator]);
                break;
            case OpenAccounts open:
                var owner = Keyset(open.Owner);
                _created.Add(new Draft { Keyset = owner, Asset = open.Asset, Count = open.Count });
                _need.Add(owner);
                _need.Add(Issuer(open.Asset, always: open.Floor != 0 || open.Ceiling != long.MaxValue || open.Count > openWithoutIssuerMax));
                break;
            case Transfer transfer:
                _need.Add(Owner(transfer.Debit, Outcome.DebitAccountNotFound));
                break;
            case Pending pending:
                _need.Add(Owner(pending.Debit, Outcome.DebitAccountNotFound));
                var decider = pending.Decider is { } named ? Keyset(named) : Owner(pending.Credit, why: null);
                _created.Add(new Draft { Keyset = decider });
                break;
            case Post post:
                _need.Add(Decider(post.Pending));
                break;
            case Void @void:
                _need.Add(Decider(@void.Pending));
                break;
            case SetFloor floor:
                _need.Add(IssuerOf(floor.Account));
                break;
            case SetCeiling ceiling:
                _need.Add(IssuerOf(ceiling.Account));
                break;
            case Freeze freeze:
                _need.Add(IssuerOf(freeze.Account));
                break;
            case Close close:
                _need.Add(Owner(close.Account, Outcome.AccountNotFound));
                break;
            case SetAlias alias:
                _need.Add(Owner(alias.Account, Outcome.AccountNotFound));
                break;
            case Note note:
                _need.Add(Keyset(note.Author));
                break;
            case OpenPeer or OpenChannel:
                _created.Add(new Draft());
                _need.Add(state.Keysets[state.Operator]);
                break;
            case OpenRoute open:
                _created.Add(new Draft());
                _need.Add(state.Keysets[state.Operator]);
                _need.Add(open.Voucher is null ? Issuer(open.Asset, always: false) : null);
                break;
            case Send send:
                _created.Add(new Draft());
                _need.Add(Owner(send.Debit, Outcome.DebitAccountNotFound));
                break;
            case SendMessage send:
                _created.Add(new Draft());
                _need.Add(Owner(send.Sender, Outcome.AccountNotFound));
                break;
            case PendingDelivery pending:
                _need.Add(Owner(pending.Debit, Outcome.DebitAccountNotFound));
                _created.Add(new Draft { ByDelivery = true });
                break;
            case ChangeSealingKey or ChangeOperator or PauseChannel or AbandonChannel or LimitRoute or ResumePeer:
                _need.Add(state.Keysets[state.Operator]);
                break;
        }
    }

    private KeysetDefinition? Keyset(EntityReference reference)
    {
        var found = reference.IsCreated ? _created[(int)reference.Value].Keyset : state.Keysets.GetValueOrDefault(reference.Value);
        return found ?? Unknown(Outcome.KeysetNotFound);
    }

    private KeysetDefinition? Owner(in AccountReference account, Outcome? why)
    {
        if (!account.IsCreated)
        {
            return state.Accounts.TryGetValue(account.Value, out var found) ? state.Keysets[found.Owner] : Unknown(why);
        }

        var draft = _created[(int)account.Value];
        return account.Offset >= draft.Count ? Unknown(why)
            : draft.Keyset ?? Unknown(why is null ? null : Outcome.ReferenceNotCreated);
    }

    private KeysetDefinition? IssuerOf(in AccountReference account)
    {
        if (!account.IsCreated)
        {
            return state.Accounts.TryGetValue(account.Value, out var found)
                ? state.Keysets[state.Assets[found.Asset].Issuer]
                : Unknown(Outcome.AccountNotFound);
        }

        var draft = _created[(int)account.Value];
        return account.Offset >= draft.Count ? Unknown(Outcome.AccountNotFound) : Issuer(draft.Asset, always: true);
    }

    private KeysetDefinition? Issuer(EntityReference asset, bool always)
    {
        if (!asset.IsCreated)
        {
            return !state.Assets.TryGetValue(asset.Value, out var found) ? Unknown(Outcome.AssetNotFound)
                : always || found.Restricted ? state.Keysets[found.Issuer]
                : null;
        }

        var draft = _created[(int)asset.Value];
        return draft.Keyset is null ? Unknown(Outcome.ReferenceNotCreated)
            : always || draft.Restricted ? draft.Keyset
            : null;
    }

    private KeysetDefinition? Decider(EntityReference pending)
    {
        if (pending.IsCreated)
        {
            return _created[(int)pending.Value].Keyset ?? Unknown(_created[(int)pending.Value].ByDelivery ? Outcome.PendingDecidedByDelivery : Outcome.ReferenceNotCreated);
        }

        return !state.Pendings.TryGetValue(pending.Value, out var found) ? Unknown(Outcome.PendingNotFound)
            : found.Standing != "open" ? Unknown(Outcome.PendingNotOpen)
            : found.Delivery is not null ? Unknown(Outcome.PendingDecidedByDelivery)
            : state.Keysets[found.Decider];
    }

    private KeysetDefinition? Unknown(Outcome? why)
    {
        _need.Unknown ??= why;
        return null;
    }

    private sealed record Draft
    {
        public KeysetDefinition? Keyset { get; init; }

        public EntityReference Asset { get; init; }

        public ulong Count { get; init; }

        public bool Restricted { get; init; }

        public bool ByDelivery { get; init; }
    }
}

/// <summary>What one operation needs.</summary>
public sealed class Need
{
    public List<KeysetDefinition> Keysets { get; } = [];

    public Outcome? Unknown { get; set; }

    public void Add(KeysetDefinition? keyset)
    {
        if (keyset is not null)
        {
            Keysets.Add(keyset);
        }
    }

    public Outcome Judge(IReadOnlyList<PublicKey> signers) =>
        Unknown ?? (Keysets.TrueForAll(keyset => Weight(keyset, signers) >= keyset.Threshold) ? Outcome.Committed : Outcome.NotAuthorized);

    private static int Weight(KeysetDefinition keyset, IReadOnlyList<PublicKey> signers) =>
        keyset.Keys.Where(key => signers.Contains(key.Key)).Sum(key => key.Weight);
}
