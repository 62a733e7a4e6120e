using System.CommandLine;
using Actors.Cli.Amounts;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Operations;

namespace Actors.Cli.Channels;

/// <summary>What a chain's operator may change of a channel that is open.</summary>
internal static class ChannelSettings
{
    public static Command Pause(CommandRunner runner) => Change(
        runner,
        "pause",
        "Stop a channel from sending and receiving; what was sent is settled all the same. Signed by the operator.",
        channel => new PauseChannel(channel));

    public static Command Resume(CommandRunner runner) => Change(
        runner, "resume", "Let a paused channel go on. Signed by the operator.", channel => new PauseChannel(channel, Resume: true));

    public static Command Abandon(CommandRunner runner) => Change(
        runner,
        "abandon",
        "Give up a channel whose peer is gone for good, for ever: what is unsettled may then be refunded without proof. An act of trust, possible after seven days without a header of the peer. Signed by the operator.",
        channel => new AbandonChannel(channel));

    public static Command Limit(CommandRunner runner)
    {
        var channel = ChannelCommand.NumberArgument();
        var asset = Parser.Required("--asset", "The asset of this chain whose route is bounded.", Parser.Asset);
        var perHour = Parser.Required("--per-hour", "How much may leave, and how much may arrive, within an hour; 'none' lifts the bound.", AccountLimit.Parse);
        var (amounts, signing) = (new AmountOptions(), new SigningOptions());
        var command = signing.AddTo(amounts.AddTo(new Command("limit", "Bound what goes over a channel within an hour; refunds are never bounded. Signed by the operator.") { channel, asset, perHour }));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var (node, chain) = (session.Node(runner.Common), session.Chain(runner.Common));
            using var keys = signing.Read(session);
            var route = (await node.AllRoutesAsync(chain, session.Get(channel), cancellation)).Find(known => known.Asset == session.Get(asset))
                ?? throw new CannotRunException($"channel {session.Get(channel)} of chain {chain} has no route for asset {session.Get(asset)}");
            var limit = session.Get(perHour).Amount is { } amount ? await amounts.ToMinorAsync(session, node, chain, route.Asset, amount, cancellation) : 0;
            return limit < 0 || (limit == 0 && session.Get(perHour).Amount is not null)
                ? throw new CannotRunException("a bound is more than nothing; 'actors channel pause' stops a channel, and 'none' lifts the bound")
                : await new Submission(runner.Common, signing).RunAsync(session, node, chain, keys, builder => builder.Add(new LimitRoute(route.Number, limit)), cancellation);
        });
    }

    private static Command Change(CommandRunner runner, string name, string description, Func<EntityReference, IOperation> operation)
    {
        var channel = ChannelCommand.NumberArgument();
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command(name, description) { channel });
        return runner.RunAsync(command, (session, cancellation) => new Submission(runner.Common, signing).RunAsync(
            session, session.Chain(runner.Common), builder => builder.Add(operation(EntityReference.Numbered(session.Get(channel)))), cancellation));
    }
}
