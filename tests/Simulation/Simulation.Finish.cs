using Actors.Engine.Audits;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>The end of a run: no more faults, everything is compared, everything is audited.</summary>
internal sealed partial class Simulation
{
    private const int ResentMax = 25;

    private void Finish()
    {
        LookAround();
        _writers.ToList().ForEach(Kill);
        _disk.IsFull = false;
        _clock.OffsetMs = 0;
        _clock.Advance(200_000);
        Recover();
        var writer = _writers[0];
        writer.Faults.Disarm();
        CompareAll(writer);
        Resend(writer);
        Audit();
    }

    private void CompareAll(SimWriter writer)
    {
        var (core, state) = (writer.Core, _history.StateAt(writer.Core.Committed.Height));
        ReadChecks.Status(core, _history);
        state.Accounts.Keys.ToList().ForEach(number => ReadChecks.Account(core, _history, number));
        state.Pendings.Keys.ToList().ForEach(number => ReadChecks.Pending(core, _history, number));
        state.Keysets.Keys.ToList().ForEach(number => ReadChecks.Keyset(core, _history, (uint)number));
        state.Assets.Keys.ToList().ForEach(number => ReadChecks.Asset(core, _history, (uint)number));
        state.Aliases.Keys.ToList().ForEach(alias => ReadChecks.Alias(core, _history, (uint)alias.Keyset, alias.Alias));
        ProofChecks.Statement(writer, 1, _history, _random);
    }

    /// <summary>Sending what is recorded again gives its place again; sending something new works.</summary>
    private void Resend(SimWriter writer)
    {
        foreach (var transaction in _clients.Acknowledged.OrderBy(_ => _random.Next()).Take(ResentMax).ToList())
        {
            writer.Submit(_traffic.SignAgain(transaction), transaction);
            ProofChecks.Receipt(writer, transaction, _history, operation: null);
        }

        var (bytes, fresh) = _traffic.Fresh(_clock.UnixMs);
        writer.Submit(bytes, fresh);
        Prove(writer);
        Settle(writer);
        Require(writer.Waiting.Count == 0 && _proofs.Count == 0, () => $"{writer.Waiting.Count} submissions and {_proofs.Count} proofs were never answered");
        Require(fresh.Acknowledged is not null, () => "a fresh transaction was not recorded");
    }

    /// <summary>Everything that waits is done, in the order in which a calm machine does it.</summary>
    private void Settle(SimWriter writer)
    {
        for (var i = 0; i < 200 && (writer.Waiting.Count > 0 || _proofs.Count > 0); i++)
        {
            writer.Execute();
            writer.ComputeCut();
            writer.Cut();
            writer.Append();
            writer.TakeVerdict();
            LookAround();
        }
    }

    private void Audit()
    {
        var source = new DiskSource(_disk);
        var report = ChainAudit.RunAsync(source, _genesis.Hash, null, CancellationToken.None).GetAwaiter().GetResult();
        Require(report.IsClean && report.Height == _history.Height, () => $"the audit of {report.Height} blocks finds: {string.Join("; ", report.Findings)}");
        var findings = StoreAudit.Run(_place.Open(ChainName), _history.Height, CancellationToken.None);
        Require(findings.Count == 0, () => $"the audit of the store finds: {string.Join("; ", findings)}");
    }
}
