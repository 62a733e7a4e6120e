using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Void = Actors.Ledger.Pendings.Void;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>What each operation of one transaction does, run by run.</summary>
public sealed partial class NaiveOperations(NaiveState state, ulong timeMs, NaiveWorld world, Hash256 self)
{
    private readonly List<(ulong First, ulong Count)?> _created = [];
    private NaiveState _state = state;
    private int _settled;
    private int _groupSize;
    private (ulong First, ulong TimeoutMs, ulong Decider)? _group;

    public NaiveState State => _state;

    /// <summary>Executes a run, all or nothing, and gives each operation's outcome.</summary>
    public List<Outcome> Run(List<IOperation> run, List<Outcome> standing)
    {
        var (before, created, settled) = (_state, _created.Count, _settled);
        _groupSize = run.Count > 1 && run.TrueForAll(operation => operation is Pending) ? run.Count : 1;
        _group = null;
        for (var i = 0; i < run.Count; i++)
        {
            var outcome = standing[i] != Outcome.Committed ? standing[i] : Apply(run[i]);
            if (outcome != Outcome.Committed)
            {
                _state = before;
                _settled = settled;
                _created.RemoveRange(created, _created.Count - created);
                run.FindAll(IsCreating).ForEach(_ => _created.Add(null));
                return [.. run.Select((_, at) => at == i ? outcome : Outcome.LinkedOperationRefused)];
            }
        }

        return [.. run.Select(_ => Outcome.Committed)];
    }

    private static bool IsCreating(IOperation operation) => operation is OpenKeyset or CreateAsset or OpenAccounts or Pending or PendingDelivery or OpenPeer or OpenChannel or OpenRoute or Send or SendMessage;

    private Outcome Apply(IOperation operation) => operation switch
    {
        OpenKeyset open => Create(1, number => _state with { Keysets = _state.Keysets.Add(number, open.Keyset) }, _state.Keysets.Count),
        ChangeKeyset change => Find(change.Keyset, _state.Keysets, Outcome.KeysetNotFound, out var number)
            ?? Set(_state with { Keysets = _state.Keysets.SetItem(number, change.Definition) }),
        CreateAsset create => Find(create.Issuer, _state.Keysets, Outcome.KeysetNotFound, out var issuer)
            ?? When(_state.Assets.Values.Any(asset => asset.Code == create.Code), Outcome.AssetCodeTaken)
            ?? Create(1, number => _state with { Assets = _state.Assets.Add(number, new NaiveAsset(create.Code, create.Restricted, issuer)) }, _state.Assets.Count),
        OpenAccounts open => Open(open),
        Transfer transfer => Check(transfer.Debit, transfer.Credit, transfer.Amount, out var debit, out var credit)
            ?? Move(debit, credit, transfer.Amount),
        Pending pending => SetAside(pending),
        Post post => Post(post),
        Void @void => CheckSettlement(@void.Pending, out var number) ?? SettleGroup(number, "voided", null),
        SetFloor floor => FindOrdinary(floor.Account, out var number)
            ?? Set(_state.With(number, _state.Accounts[number] with { Floor = floor.Floor == long.MinValue ? null : floor.Floor })),
        SetCeiling ceiling => FindOrdinary(ceiling.Account, out var number)
            ?? Set(_state.With(number, _state.Accounts[number] with { Ceiling = ceiling.Ceiling == long.MaxValue ? null : ceiling.Ceiling })),
        Freeze freeze => FindOrdinary(freeze.Account, out var number)
            ?? Set(_state.With(number, _state.Accounts[number] with { Frozen = !freeze.Unfreeze })),
        Close close => FindOrdinary(close.Account, out var number)
            ?? When(_state.Accounts[number].Closed, Outcome.AccountClosed)
            ?? When(_state.Accounts[number].In != 0 || _state.Accounts[number].Out != 0, Outcome.AccountHasPendings)
            ?? When(_state.Accounts[number].Posted != 0, Outcome.AccountNotEmpty)
            ?? Set(_state.With(number, _state.Accounts[number] with { Closed = true })),
        SetAlias alias => FindOrdinary(alias.Account, out var number)
            ?? When(_state.Accounts[number].Closed, Outcome.AccountClosed)
            ?? When(_state.Aliases.ContainsKey((_state.Accounts[number].Owner, alias.Alias)), Outcome.AliasTaken)
            ?? Set(_state with { Aliases = _state.Aliases.Add((_state.Accounts[number].Owner, alias.Alias), number) }),
        Note note => Find(note.Author, _state.Keysets, Outcome.KeysetNotFound, out _) ?? Outcome.Committed,
        ChangeSealingKey change => When(_state.SealingKeyChanged, Outcome.SealingKeyChangedInBlock)
            ?? When(change.Lost?.First > _state.Height, Outcome.LostBlocksMismatch)
            ?? Set(_state with { SealingKeyChanged = true }),
        ChangeOperator change => Find(change.Keyset, _state.Keysets, Outcome.KeysetNotFound, out var number) ?? Set(_state with { Operator = number }),
        OpenPeer open => Know(open),
        OpenChannel open => OpenSide(open),
        ConfirmChannel confirm => Confirm(confirm),
        PauseChannel pause => Pause(pause),
        AbandonChannel abandon => Abandon(abandon),
        OpenRoute open => OpenWay(open),
        LimitRoute limit => Limit(limit),
        UpdatePeer update => Update(update),
        ReportEquivocation report => Report(report),
        ResumePeer resume => Resume(resume),
        Send send => SendValue(send),
        SendMessage send => SendBytes(send),
        PendingDelivery pending => SetAside(pending),
        Receive receive => Take(receive),
        Acknowledge acknowledge => Consume(acknowledge),
        TimeOut timeOut => GiveBack(timeOut),
        _ => throw new InvalidOperationException($"no rule for {operation}"),
    };

    private Outcome Open(OpenAccounts open)
    {
        if ((Find(open.Owner, _state.Keysets, Outcome.KeysetNotFound, out var owner) ?? Find(open.Asset, _state.Assets, Outcome.AssetNotFound, out _)) is { } refusal)
        {
            return refusal;
        }

        Find(open.Asset, _state.Assets, Outcome.AssetNotFound, out var asset);
        var account = new NaiveAccount(owner, asset, open.Floor == long.MinValue ? null : open.Floor, open.Ceiling == long.MaxValue ? null : open.Ceiling);
        return Create(open.Count, first => _state with { Accounts = _state.Accounts.AddRange(Members(first, open.Count, account)) }, _state.Accounts.Count);
    }

    private static IEnumerable<KeyValuePair<ulong, NaiveAccount>> Members(ulong first, ulong count, NaiveAccount account)
    {
        for (var i = 0UL; i < count; i++)
        {
            yield return new(first + i, account);
        }
    }

    private Outcome? Find<T>(EntityReference reference, IReadOnlyDictionary<ulong, T> table, Outcome missing, out ulong number)
    {
        number = reference.IsCreated ? _created[(int)reference.Value]?.First ?? 0 : reference.Value;
        return number == 0 ? Outcome.ReferenceNotCreated : table.ContainsKey(number) ? null : missing;
    }

    private Outcome? Find(in AccountReference reference, Outcome missing, out ulong number)
    {
        number = reference.Value;
        if (reference.IsCreated)
        {
            if (_created[(int)reference.Value] is not { } range)
            {
                return Outcome.ReferenceNotCreated;
            }

            number = range.First + reference.Offset;
            return reference.Offset < range.Count ? null : missing;
        }

        return _state.Accounts.ContainsKey(number) ? null : missing;
    }

    private Outcome? FindOrdinary(in AccountReference reference, out ulong number) =>
        Find(reference, Outcome.AccountNotFound, out number) ?? When(_state.Accounts[number].System, Outcome.SystemAccount);

    private Outcome Create(ulong count, Func<ulong, NaiveState> add, int existing)
    {
        var first = (ulong)existing + 1;
        _state = add(first);
        _created.Add((first, count));
        return Outcome.Committed;
    }

    private Outcome Set(NaiveState state)
    {
        _state = state;
        return Outcome.Committed;
    }

    private static Outcome? When(bool holds, Outcome outcome) => holds ? outcome : null;
}
