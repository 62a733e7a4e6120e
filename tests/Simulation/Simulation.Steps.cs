using Actors.Engine.Reads;
using Actors.Ledger;
using Actors.Simulation.Stores;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>What a writer and its clients do.</summary>
internal sealed partial class Simulation
{
    private void Submit(SimWriter writer)
    {
        for (var i = _random.Next(1, 4); i > 0 && writer.Queued < 40; i--)
        {
            var (bytes, transaction) = _traffic.Next(_clock.UnixMs);
            writer.Submit(bytes, transaction);
        }
    }

    private void Execute(SimWriter writer)
    {
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            writer.Execute();
        }
    }

    /// <summary>What a calm machine does between two faults.</summary>
    private void Commit(SimWriter writer)
    {
        Execute(writer);
        LookAround();
        writer.Cut();
        writer.Append();
        if (_random.Next(2) == 0)
        {
            writer.TakeVerdict();
        }
    }

    private void LookUp(SimWriter writer)
    {
        if (_clients.Any(_random) is { } transaction)
        {
            var id = transaction.Transaction.Id;
            var found = writer.LookUp(id);
            Require(found.Place is null || found.Place == _history.PlaceOf(id), () => $"{id} is said to be at {found.Place}, it is at {_history.PlaceOf(id)}");
            Require(!found.IsExpired || _history.PlaceOf(id) is null, () => $"{id} is said to have expired, it is at {_history.PlaceOf(id)}");
            transaction.SaidExpired |= found.IsExpired;
            Sometimes.Happened(found.IsExpired ? "a lookup said expired" : found.Place is null ? "a lookup said not found" : "a lookup found a place");
        }
    }

    private void Snapshot(SimWriter writer)
    {
        Execute(writer);
        if (writer.Core.InFlight is null)
        {
            writer.Cut();
        }

        writer.Faults.Beside = call =>
        {
            if (call is StoreCall.WritePages or StoreCall.SwitchSnapshot or StoreCall.DropSuperseded && _random.Next(3) == 0)
            {
                writer.Faults.Beside = null;
                if (_random.Next(4) == 0)
                {
                    writer.Faults.Arm(StoreCall.Append, FaultKind.UnknownWithEffect);
                }

                Sometimes.Happened(writer.Core.InFlight is not null, "an append beside a snapshot");
                writer.Append();
            }
        };
        try
        {
            writer.WriteSnapshot();
        }
        finally
        {
            writer.Faults.Beside = null;
        }
    }

    private void Read(SimWriter writer)
    {
        var (core, state) = (writer.Core, _history.StateAt(writer.Core.Committed.Height));
        ReadChecks.Status(core, _history);
        for (var i = 0; i < 4; i++)
        {
            ReadChecks.Account(core, _history, (ulong)_random.Next(state.Accounts.Count + 3));
            ReadChecks.Pending(core, _history, (ulong)_random.Next(state.Pendings.Count + 3));
            ReadChecks.Alias(core, _history, (uint)_random.Next(1, state.Keysets.Count + 2), $"n{_random.Next(30)}");
        }

        ReadChecks.Keyset(core, _history, (uint)_random.Next(state.Keysets.Count + 2));
        ReadChecks.Asset(core, _history, (uint)_random.Next(state.Assets.Count + 2));
    }

    private void Prove(SimWriter writer)
    {
        var count = _history.Ledger.State.Accounts.Count;
        var request = new ProofRequest(new AccountNumber((ulong)(_random.Next(3) == 0 ? _random.Next(count, count + 3) : _random.Next(1, count / 2))));
        writer.Core.Request(request);
        _proofs.Add((writer, request, writer.Core.Committed.Height));
    }

    private void CheckReceipt(SimWriter writer)
    {
        var known = _clients.Acknowledged.ToList();
        if (known.Count > 0)
        {
            var transaction = known[_random.Next(known.Count)];
            ProofChecks.Receipt(writer, transaction, _history, _random.Next(2) == 0 ? null : _random.Next(transaction.Transaction.OperationCount));
        }
    }

    private void CheckStatement(SimWriter writer) =>
        ProofChecks.Statement(writer, (ulong)_random.Next(1, _history.Ledger.State.Accounts.Count / 2), _history, _random);
}
