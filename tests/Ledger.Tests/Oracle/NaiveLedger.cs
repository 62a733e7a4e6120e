using System.Collections.Immutable;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Oracle;

/// <summary>What the naive ledger says: for a bulk that was recorded, each operation's outcome.</summary>
public sealed record NaiveResult(bool Recorded, Outcome Outcome, int Operation, IReadOnlyList<Outcome> Operations);

/// <summary>
/// The rules once more, from the design and not from the core: plain dictionaries, wide numbers, copies instead of undo, no
/// pages, no hashes. Slow and obvious; what the core says must be what this says.
/// </summary>
public sealed class NaiveLedger
{
    private readonly Dictionary<TransactionId, bool> _ids = [];
    private readonly ulong _validityMs;
    private readonly NaiveWorld _world;
    private readonly Hash256 _self;
    private readonly ulong _openWithoutIssuerMax;

    /// <param name="chainOperator">Keyset 1.</param>
    /// <param name="validityMs">How far ahead an expiry may lie.</param>
    /// <param name="openWithoutIssuerMax">Accounts that an owner opens alone.</param>
    /// <param name="world">The truth about other chains; none are known without it.</param>
    /// <param name="self">This chain's genesis hash.</param>
    public NaiveLedger(KeysetDefinition chainOperator, ulong validityMs, ulong openWithoutIssuerMax, NaiveWorld? world = null, Hash256 self = default)
    {
        _world = world ?? new NaiveWorld();
        _self = self;
        _openWithoutIssuerMax = openWithoutIssuerMax;
        _validityMs = validityMs;
        State = new NaiveState { Operator = 1 };
        State = State with { Keysets = State.Keysets.Add(1, chainOperator) };
    }

    public NaiveState State { get; private set; }

    /// <summary>Who has to sign, by the state as it stands.</summary>
    public NaiveAuthority Authority => new(State, _openWithoutIssuerMax);

    public ulong TimeMs { get; private set; }

    /// <summary>Begins a block; gives the pendings that expire at its start, in order.</summary>
    public List<ulong> BeginBlock(ulong timeMs)
    {
        TimeMs = timeMs;
        State = State with
        {
            Height = State.Height + 1,
            SealingKeyChanged = false,
            Effects = [],
            Channels = State.Channels.ToImmutableDictionary(entry => entry.Key, entry => entry.Value with { SentBefore = (ulong)entry.Value.Sent.Count }),
        };
        var expired = new List<ulong>();
        var due = State.Pendings.Where(entry => entry.Value.Standing == "open" && entry.Value.TimeoutMs <= timeMs)
            .OrderBy(entry => entry.Value.TimeoutMs).ThenBy(entry => entry.Key).Select(entry => entry.Key).ToList();
        foreach (var number in due)
        {
            var isRestOfGroup = State.Pendings[number].First != number;
            if (expired.Count < Limits.ExpiriesPerBlockMax || isRestOfGroup)
            {
                if (isRestOfGroup && State.Pendings[State.Pendings[number].First].Standing == "open")
                {
                    continue;
                }

                State = NaiveOperations.Settle(State, number, "expired", 0);
                expired.Add(number);
            }
        }

        return expired;
    }

    public NaiveResult Execute(Transaction transaction, IReadOnlyList<PublicKey> signers)
    {
        if (_ids.ContainsKey(transaction.Id))
        {
            return Answer(Outcome.AlreadyCommitted);
        }

        if (transaction.Expiry.Ms <= TimeMs)
        {
            return Answer(Outcome.Expired);
        }

        if (transaction.Expiry.Ms > TimeMs + _validityMs)
        {
            return Answer(Outcome.ExpiryTooFar);
        }

        var operations = Enumerable.Range(0, transaction.OperationCount).Select(i => OperationCodec.Read(transaction.Operation(i))).ToList();
        var needs = Authority.Needs(operations);
        var standing = needs.ConvertAll(need => need.Judge(signers));
        var first = standing.FindIndex(outcome => outcome != Outcome.Committed);
        if (first >= 0 && (transaction.Kind == TransactionKind.Atomic || !standing.Contains(Outcome.Committed)))
        {
            return Answer(standing[first] == Outcome.NotAuthorized ? Outcome.MissingSignature : standing[first], first);
        }

        if (needs.TrueForAll(need => need.Unknown is null) && signers.Any(signer => !needs.Exists(need => need.Keysets.Exists(keyset => keyset.Keys.Any(key => key.Key == signer)))))
        {
            return Answer(Outcome.SurplusSignature);
        }

        var before = State;
        if (transaction.Kind == TransactionKind.Proven && Proven(operations, standing) is { } refused)
        {
            State = before;
            return refused;
        }

        State = before;
        _ids.Add(transaction.Id, true);
        return transaction.Kind == TransactionKind.Atomic ? Atomic(operations, standing) : Bulk(operations, standing);
    }

    /// <summary>Why one that rests on proof is not recorded: an operation is refused, or all were done before.</summary>
    private NaiveResult? Proven(List<IOperation> operations, List<Outcome> standing)
    {
        var outcomes = Bulk(operations, standing).Operations.ToList();
        var failed = outcomes.FindIndex(outcome => outcome != Outcome.Committed && !outcome.IsDoneBefore());
        failed = failed < 0 && !outcomes.Contains(Outcome.Committed) ? outcomes.Count - 1 : failed;
        return failed < 0 ? null : Answer(outcomes[failed], failed);
    }

    private NaiveResult Atomic(List<IOperation> operations, List<Outcome> standing)
    {
        var before = State;
        var outcomes = Bulk(operations, standing).Operations.ToList();
        var failed = outcomes.FindIndex(outcome => outcome is not (Outcome.Committed or Outcome.LinkedOperationRefused));
        if (failed < 0)
        {
            return new NaiveResult(true, Outcome.Committed, -1, outcomes);
        }

        State = before;
        return new NaiveResult(true, outcomes[failed], failed, []);
    }

    private NaiveResult Bulk(List<IOperation> operations, List<Outcome> standing)
    {
        var outcomes = new List<Outcome>();
        var run = new NaiveOperations(State, TimeMs, _world, _self);
        for (var first = 0; first < operations.Count; first = outcomes.Count)
        {
            var count = operations.Skip(first).TakeWhile(operation => operation.Linked).Count() + 1;
            outcomes.AddRange(run.Run(operations.GetRange(first, count), standing.GetRange(first, count)));
        }

        State = run.State;
        return new NaiveResult(true, Outcome.Committed, -1, outcomes);
    }

    private static NaiveResult Answer(Outcome outcome, int operation = 0) => new(false, outcome, operation, []);
}
