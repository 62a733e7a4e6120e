using Actors.Ledger.Keysets;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Operations;

/// <summary>
/// Decides, before anything of a transaction is executed, whether the keys that signed satisfy every keyset its operations
/// need. Keysets count as they stand just before the transaction (so a key that was changed away counts no more, whenever its
/// signature was checked), or as the transaction itself opens them. What names a thing whose own keyset is not there cannot have
/// it created. Touches nothing; one per chain, reused.
/// </summary>
internal sealed class AuthorityPass(ChainState state)
{
    private readonly List<CreatedDraft> _created = [];
    private readonly SignedKeysets _signed = new(state);
    private Outcome[] _operations = new Outcome[16];
    private Outcome _current;

    /// <summary>An operation's standing: Committed when authorized, NotAuthorized, or why its authority cannot be told.</summary>
    public ReadOnlySpan<Outcome> Operations => _operations;

    /// <summary>
    /// Which keyset and key each signer was found to be, in order of signers; null for one that is in no keyset needed, which only a bulk can
    /// have of which some operation's keyset cannot be told.
    /// </summary>
    public IReadOnlyList<SignerReference?> References => _signed.References;

    /// <summary>Signers that are in a keyset needed: those whose signatures the block keeps.</summary>
    public byte ReferenceCount => _signed.ReferenceCount;

    public ulong OpenWithoutIssuerMax => state.Genesis.Settings.OpenWithoutIssuerMax;

    /// <summary>
    /// Committed when the transaction may be executed and recorded (for a bulk: at least one operation is authorized). Otherwise the
    /// answer: nothing is recorded.
    /// </summary>
    public Outcome Run(Transaction transaction, ReadOnlySpan<PublicKey> signers, out int operation)
    {
        Begin(transaction.OperationCount);
        _signed.Begin(signers);
        var reader = new WireReader(transaction.Operations.Span);
        var isAllTold = true;
        for (var i = 0; i < transaction.OperationCount; i++)
        {
            _current = Outcome.Committed;
            OperationKinds.Next(ref reader, out var flags).Authorize(ref reader, flags, this);
            _operations[i] = _current;
            isAllTold &= _current is Outcome.Committed or Outcome.NotAuthorized;
        }

        var outcome = transaction.Kind == TransactionKind.Atomic ? JudgeAtomic(transaction.OperationCount, out operation) : JudgeBulk(transaction.OperationCount, out operation);
        return outcome != Outcome.Committed ? outcome
            : isAllTold && _signed.HasSurplus ? Outcome.SurplusSignature
            : Outcome.Committed;
    }

    public EntityReference CreateKeyset(KeysetDefinition definition) => Add(new CreatedDraft(CreatedKind.Keyset) { Definition = definition });

    public void CreateAsset(EntityReference issuer, bool restricted) =>
        Add(new CreatedDraft(CreatedKind.Asset) { Keyset = Resolve(issuer, Outcome.KeysetNotFound), Restricted = restricted });

    public void CreateAccounts(EntityReference owner, EntityReference asset, ulong count) =>
        Add(new CreatedDraft(CreatedKind.Accounts) { Keyset = Resolve(owner, Outcome.KeysetNotFound), Asset = asset, Count = count });

    public void CreatePending(EntityReference? decider, in AccountReference credit) =>
        Add(new CreatedDraft(CreatedKind.Pending) { Keyset = decider is { } named ? Resolve(named, Outcome.KeysetNotFound) : FindOwner(credit) });

    /// <summary>A payment that a delivery decides: no keyset ever posts or voids it.</summary>
    public void CreatePendingDelivery() => Add(new CreatedDraft(CreatedKind.Pending) { DecidedByDelivery = true });

    /// <summary>Something that nothing of its own has to be known of.</summary>
    public void Create(CreatedKind kind) => Add(new CreatedDraft(kind));

    public void RequireOperator() => Require(KeysetIdentity.Standing(state.Chain.Operator));

    public void RequireKeyset(EntityReference keyset)
    {
        if (Resolve(keyset, Outcome.KeysetNotFound) is { } identity)
        {
            Require(identity);
        }
    }

    public void Require(EntityReference created) => Require(KeysetIdentity.Created((int)created.Value));

    public void RequireOwner(in AccountReference account, Outcome whenMissing)
    {
        if (OwnerOf(account, whenMissing) is { } owner)
        {
            Require(owner);
        }
    }

    public void RequireIssuer(EntityReference asset, bool onlyIfRestricted = false)
    {
        if (asset.IsCreated)
        {
            var draft = _created[(int)asset.Value];
            if (draft.Keyset is not { } issuer)
            {
                Unresolved(Outcome.ReferenceNotCreated);
            }
            else if (draft.Restricted || !onlyIfRestricted)
            {
                Require(issuer);
            }
        }
        else if (!state.Assets.Exists(asset.Value))
        {
            Unresolved(Outcome.AssetNotFound);
        }
        else
        {
            var record = state.Assets.Read((uint)asset.Value);
            if (!onlyIfRestricted || (record.Flags & Assets.AssetRecord.Restricted) != 0)
            {
                Require(KeysetIdentity.Standing(record.Issuer));
            }
        }
    }

    public void RequireIssuerOf(in AccountReference account)
    {
        if (account.IsCreated)
        {
            var draft = _created[(int)account.Value];
            if (account.Offset >= draft.Count)
            {
                Unresolved(Outcome.AccountNotFound);
                return;
            }

            RequireIssuer(draft.Asset);
        }
        else if (!state.Accounts.Exists(account.Value))
        {
            Unresolved(Outcome.AccountNotFound);
        }
        else
        {
            RequireIssuer(EntityReference.Numbered(state.Accounts.OwnerAndAsset(account.Value).Asset));
        }
    }

    /// <summary>The decider of an open pending; of one that is finished no authority can be told.</summary>
    public void RequireDecider(EntityReference pending)
    {
        if (pending.IsCreated)
        {
            if (_created[(int)pending.Value].DecidedByDelivery)
            {
                Unresolved(Outcome.PendingDecidedByDelivery);
            }
            else if (_created[(int)pending.Value].Keyset is { } decider)
            {
                Require(decider);
            }
            else
            {
                Unresolved(Outcome.ReferenceNotCreated);
            }
        }
        else if (!state.Pendings.Exists(pending.Value))
        {
            Unresolved(Outcome.PendingNotFound);
        }
        else if (!state.Pendings.IsKept(pending.Value) || state.Pendings.Read(pending.Value).State != PendingState.Open)
        {
            Unresolved(Outcome.PendingNotOpen);
        }
        else if (state.Pendings.Read(pending.Value).IsDecidedByDelivery)
        {
            Unresolved(Outcome.PendingDecidedByDelivery);
        }
        else
        {
            Require(KeysetIdentity.Standing(state.Pendings.Read(pending.Value).Decider));
        }
    }

    private void Begin(int count)
    {
        _created.Clear();
        if (_operations.Length < count)
        {
            _operations = new Outcome[Limits.OperationsPerTransactionMax];
        }
    }

    private Outcome JudgeAtomic(int count, out int operation)
    {
        for (operation = 0; operation < count; operation++)
        {
            if (_operations[operation] != Outcome.Committed)
            {
                return _operations[operation] == Outcome.NotAuthorized ? Outcome.MissingSignature : _operations[operation];
            }
        }

        operation = 0;
        return Outcome.Committed;
    }

    private Outcome JudgeBulk(int count, out int operation)
    {
        operation = 0;
        return _operations.AsSpan(0, count).Contains(Outcome.Committed) ? Outcome.Committed : JudgeAtomic(count, out operation);
    }

    private EntityReference Add(CreatedDraft draft)
    {
        _created.Add(draft);
        return EntityReference.Created(_created.Count - 1);
    }

    private KeysetIdentity? Resolve(EntityReference keyset, Outcome whenMissing)
    {
        if (keyset.IsCreated)
        {
            return KeysetIdentity.Created((int)keyset.Value);
        }

        if (state.Keysets.Exists(keyset.Value))
        {
            return KeysetIdentity.Standing((uint)keyset.Value);
        }

        Unresolved(whenMissing);
        return null;
    }

    private KeysetIdentity? OwnerOf(in AccountReference account, Outcome whenMissing)
    {
        var owner = FindOwner(account);
        if (owner is null)
        {
            var isMember = account.IsCreated && account.Offset < _created[(int)account.Value].Count;
            Unresolved(isMember ? Outcome.ReferenceNotCreated : whenMissing);
        }

        return owner;
    }

    private KeysetIdentity? FindOwner(in AccountReference account)
    {
        if (account.IsCreated && account.Offset < _created[(int)account.Value].Count)
        {
            return _created[(int)account.Value].Keyset;
        }

        if (!account.IsCreated && state.Accounts.Exists(account.Value))
        {
            return KeysetIdentity.Standing(state.Accounts.OwnerAndAsset(account.Value).Owner);
        }

        return null;
    }

    private void Unresolved(Outcome outcome)
    {
        if (_current is Outcome.Committed or Outcome.NotAuthorized)
        {
            _current = outcome;
        }
    }

    private void Require(KeysetIdentity keyset)
    {
        if (!IsSatisfied(keyset) && _current == Outcome.Committed)
        {
            _current = Outcome.NotAuthorized;
        }
    }

    private bool IsSatisfied(KeysetIdentity keyset) => _signed.Satisfy(keyset, keyset.IsCreated ? _created[keyset.CreatedIndex].Definition! : null);

    private readonly record struct CreatedDraft(CreatedKind Kind)
    {
        public KeysetDefinition? Definition { get; init; }

        public KeysetIdentity? Keyset { get; init; }

        public EntityReference Asset { get; init; }

        public ulong Count { get; init; }

        public bool Restricted { get; init; }

        public bool DecidedByDelivery { get; init; }
    }
}
