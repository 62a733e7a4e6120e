using Actors.Engine.Stores;
using Actors.Simulation.Stores;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>What goes wrong, and how the chain comes back.</summary>
internal sealed partial class Simulation
{
    private const int FoundingBlocks = 2;

    private void Arm(SimFaults faults)
    {
        var call = _random.Next(10) switch
        {
            < 3 => StoreCall.Append,
            < 4 => StoreCall.ReadPage,
            < 6 => StoreCall.WritePages,
            < 8 => StoreCall.SwitchSnapshot,
            _ => (StoreCall)_random.Next(Enum.GetValues<StoreCall>().Length),
        };
        faults.Arm(call, (FaultKind)_random.Next(Enum.GetValues<FaultKind>().Length));
    }

    /// <summary>Small corrections, leaps either way, and back to the true time.</summary>
    private void SetClock() => _clock.OffsetMs = Pick(0, 0, 0, _random.Next(-3_000, 3_000), _random.Next(-60_000, 60_000));

    /// <summary>A second process takes the chain while the first believes that it has it.</summary>
    private void Rival()
    {
        if (_writers.Count < 2)
        {
            Recover();
            Sometimes.Happened(_writers.Count == 2, "two writers at once");
        }
    }

    /// <summary>Opens keysets, assets and many accounts, before anything goes wrong.</summary>
    private void Found()
    {
        _writers[0].Faults.Disarm();
        for (var i = 0; i < FoundingBlocks; i++)
        {
            var (bytes, transaction) = _traffic.Found(_clock.UnixMs);
            _writers[0].Submit(bytes, transaction);
            Settle(_writers[0]);
        }
    }

    private void Kill(SimWriter writer)
    {
        writer.Hear(_clients, _history);
        _writers.Remove(writer);
        _proofs.RemoveAll(proof => proof.Writer == writer);
    }

    /// <summary>All processes end; and now and then the disk had lied about what it had synced.</summary>
    private void LosePower()
    {
        _history.CatchUp();
        _writers.ToList().ForEach(Kill);
        if (_random.Next(2) == 0)
        {
            return;
        }

        var height = (ulong)_random.Next(FoundingBlocks, _disk.Blocks.Count + 1);
        var whole = _disk.Blocks.ToList();
        _disk.LoseBlocksAbove(height);
        if (height < (_disk.HeadFile?.Height ?? 0) || height < (_disk.Manifest?.Height ?? 0))
        {
            RequireRefused();
            whole.Skip((int)height).ToList().ForEach(_disk.Add);
            return;
        }

        Sometimes.Happened(height < _history.Height, "a lying disk lost the end of the log");
        _clients.Forget(above: height);
        _history.Restart();
        _history.CatchUp();
    }

    private void RequireRefused()
    {
        try
        {
            NewWriter(new SimFaults());
        }
        catch (HeadBehindException)
        {
            Sometimes.Happened("a store below its head file was refused");
            return;
        }

        throw new SimException("a store that lost blocks it is known to have held was opened");
    }

    /// <summary>Starts a process, again and again if it dies on the way, and requires that all it was trusted with is there.</summary>
    private void Recover()
    {
        var faults = new SimFaults();
        if (_random.Next(3) == 0)
        {
            Arm(faults);
        }

        while (true)
        {
            try
            {
                _writers.Add(NewWriter(faults));
                break;
            }
            catch (Exception fault) when (fault is CrashException or StoreUnavailableException or OutcomeUnknownException or StoreFullException)
            {
                Note("failed start");
                Sometimes.Happened("a start failed and was tried again");
            }
        }

        Note("start");
        _clients.ForgetExpiries(_clock.UnixMs);
        _history.CatchUp();
        Require(_writers[^1].Core.Committed.Height == _history.Height, () => $"recovered to {_writers[^1].Core.Committed.Height}, the disk has {_history.Height}");
        foreach (var transaction in _clients.Acknowledged)
        {
            var (found, told) = (_history.PlaceOf(transaction.Transaction.Id), transaction.Acknowledged!.Place);
            Require(found == told, () => $"acknowledged at {told}, after recovery at {found}");
        }
    }

    private SimWriter NewWriter(SimFaults faults) => new(_genesis, _place.Open(ChainName, faults), faults, _keys, _clock, _options);
}
