using System.CommandLine;
using System.Globalization;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Cli.Transfers;
using Actors.Ledger;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;

namespace Actors.Cli.Pendings;

/// <summary><c>actors pending</c>: set money aside; <c>pending show</c>: how it stands.</summary>
internal static class PendingCommand
{
    public static Command Create(CommandRunner runner)
    {
        var command = Open(runner);
        command.Add(Show(runner));
        return command;
    }

    private static Command Open(CommandRunner runner)
    {
        var timeout = Parser.Required("--timeout", "When it expires, from now: 90s, 15m, 2h, 7d.", Instant.ParseSpan);
        var decider = Parser.Optional<uint?>("--decider", "The keyset that posts or voids it; the credited account's owner if not given.", text => Parser.Keyset(text));
        var (movement, signing) = (new MovementOptions(), new SigningOptions());
        var command = signing.AddTo(movement.AddTo(new Command("pending", "Set money aside until it is posted, voided or times out; signed by the owner of the debited account.") { timeout, decider }));
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = movement.Chain(session, runner.Common);
            using var keys = signing.Read(session);
            var node = session.Node(runner.Common);
            var (debit, credit, amount, reference) = await movement.ReadAsync(session, node, cancellation);
            var until = new Timestamp((ulong)(DateTimeOffset.UtcNow + session.Get(timeout)).ToUnixTimeMilliseconds());
            var by = session.Find(decider) is { } keyset ? EntityReference.Numbered(keyset) : (EntityReference?)null;
            return await new Submission(runner.Common, signing).RunAsync(
                session, node, chain, keys, builder => builder.Add(new Pending(debit, credit, amount, until, by, reference)), cancellation);
        });
    }

    private static Command Show(CommandRunner runner)
    {
        var number = Parser.Argument("PENDING", "The pending's number.", Parser.Pending);
        return runner.RunAsync(new Command("show", "How a pending stands.") { number }, async (session, cancellation) =>
        {
            var chain = session.Chain(runner.Common);
            var answered = await session.Node(runner.Common).GetPendingAsync(chain, session.Get(number), cancellation);
            var pending = answered.Value;
            session.Answer(answered.Json, Table.Of(
                ("pending", pending.Number.ToString(CultureInfo.InvariantCulture)),
                ("state", pending.State),
                ("from", AddressOf(pending.Debit)),
                ("to", AddressOf(pending.Credit)),
                ("amount", pending.Amount is { } amount ? $"{amount} (minor units)" : null),
                ("timeout", pending.Timeout is { } time ? Instant.Format(new Timestamp(time)) : null),
                ("decider", pending.Decider is { } decider ? $"keyset {decider}" : null),
                ("group", pending.GroupSize > 1 ? $"{pending.GroupSize} from {pending.GroupFirst}" : null),
                ("reference", pending.Reference)));

            string? AddressOf(ulong? account) => account is { } found ? new Address(chain, new AccountNumber(found)).ToString() : null;
        });
    }
}
