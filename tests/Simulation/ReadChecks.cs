using Actors.Engine.Chains;
using Actors.Engine.Reads;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Tests.Oracle;
using static Actors.Simulation.SimException;

namespace Actors.Simulation;

/// <summary>Compares what a reader is shown with the naive state of the newest committed height, whatever was executed since.</summary>
internal static class ReadChecks
{
    public static void Status(ChainCore core, SimHistory history)
    {
        var (status, state) = (CommittedViews.Status(core, null, []), history.StateAt(core.Committed.Height));
        var found = (status.Accounts, status.Keysets, status.Assets, status.Pendings, status.Operator.Value);
        var expected = ((ulong)state.Accounts.Count, (uint)state.Keysets.Count, (uint)state.Assets.Count, (ulong)state.Pendings.Count, (uint)state.Operator);
        Require(found == expected, () => $"the status at {status.Height} is {found}, expected {expected}");
        Require(history.Height >= core.Committed.Height, () => $"height {core.Committed.Height} is said to be committed, the disk has {history.Height}");
    }

    public static void Account(ChainCore core, SimHistory history, ulong number)
    {
        var view = CommittedViews.Account(core, new AccountNumber(number));
        var expected = history.StateAt(core.Committed.Height).Accounts.GetValueOrDefault(number);
        if (view is null || expected is null)
        {
            Require(view is null && expected is null, () => $"account {number} is {view}, expected {expected}");
            return;
        }

        var found = new NaiveAccount(view.Owner.Value, view.Asset.Value, view.Floor, view.Ceiling)
        {
            Posted = view.Posted,
            Out = view.PendingOut,
            In = view.PendingIn,
            Frozen = view.Flags.HasFlag(AccountFlags.Frozen),
            Closed = view.Flags.HasFlag(AccountFlags.Closed),
            System = view.Flags.HasFlag(AccountFlags.System),
        };
        Require(found == expected, () => $"account {number} at {core.Committed.Height} is {found}, expected {expected}");
    }

    public static void Keyset(ChainCore core, SimHistory history, uint number)
    {
        var view = CommittedViews.Keyset(core, new KeysetNumber(number));
        var expected = history.StateAt(core.Committed.Height).Keysets.GetValueOrDefault(number);
        var isSame = view is null == expected is null
            && (view is null || (view.Definition.Threshold == expected!.Threshold && view.Definition.Keys.SequenceEqual(expected.Keys)));
        Require(isSame, () => $"keyset {number} at {core.Committed.Height} is {view?.Definition}, expected {expected}");
    }

    public static void Asset(ChainCore core, SimHistory history, uint number)
    {
        var view = CommittedViews.Asset(core, new AssetNumber(number));
        var found = view is null ? null : new NaiveAsset(view.Code, view.Restricted, view.Issuer.Value);
        var expected = history.StateAt(core.Committed.Height).Assets.GetValueOrDefault(number);
        Require(found == expected, () => $"asset {number} at {core.Committed.Height} is {found}, expected {expected}");
    }

    public static void Pending(ChainCore core, SimHistory history, ulong number)
    {
        var view = CommittedViews.Pending(core, new PendingNumber(number));
        var expected = history.StateAt(core.Committed.Height).Pendings.GetValueOrDefault(number);
        if (view is null || expected is null || view.IsCollapsed)
        {
            var isFinished = view is { IsCollapsed: true } && expected is not null && expected.Standing != "open";
            Require(isFinished || (view is null && expected is null), () => $"pending {number} is {view}, expected {expected}");
            Sometimes.Happened(isFinished, "a collapsed pending was read");
            return;
        }

        var found = new NaivePending(view.Debit.Value, view.Credit.Value, view.Amount, view.Timeout.Ms, view.Decider.Value, view.GroupFirst.Value, view.GroupSize)
        {
            Standing = view.State.ToString().ToLowerInvariant(),
            Delivery = expected.Delivery,
        };
        Require(found == expected, () => $"pending {number} at {core.Committed.Height} is {found}, expected {expected}");
    }

    public static void Alias(ChainCore core, SimHistory history, uint keyset, string alias)
    {
        var found = CommittedViews.Alias(core, new KeysetNumber(keyset), alias)?.Value;
        var expected = history.StateAt(core.Committed.Height).Aliases.TryGetValue((keyset, alias), out var account) ? account : (ulong?)null;
        Require(found == expected, () => $"alias {alias} of keyset {keyset} at {core.Committed.Height} is {found}, expected {expected}");
    }
}
