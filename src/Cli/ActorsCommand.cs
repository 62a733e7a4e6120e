using System.CommandLine;
using System.CommandLine.Parsing;
using Actors.Cli.Accounts;
using Actors.Cli.Assets;
using Actors.Cli.Audits;
using Actors.Cli.Backups;
using Actors.Cli.Bench;
using Actors.Cli.Chains;
using Actors.Cli.Channels;
using Actors.Cli.Databases;
using Actors.Cli.Keys;
using Actors.Cli.Keysets;
using Actors.Cli.Notes;
using Actors.Cli.Pendings;
using Actors.Cli.Receipts;
using Actors.Cli.Relays;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Cli.Transfers;
using Actors.Cli.Verification;

namespace Actors.Cli;

/// <summary>The root of <c>actors</c>: all commands.</summary>
public static class ActorsCommand
{
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Streams streams) => RunAsync(Create(streams), arguments, streams);

    /// <summary>Runs <c>bench</c> for another program, against what <paramref name="open"/> gives.</summary>
    internal static Task<int> RunBenchAsync(IReadOnlyList<string> arguments, Streams streams, Func<CancellationToken, Task<IBenchTarget>> open)
    {
        var common = new CommonOptions();
        var root = new RootCommand { BenchCommand.Create(new CommandRunner(common, streams), open) };
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        return RunAsync(root, arguments, streams);
    }

    private static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, Streams streams)
    {
        var typed = root.Parse(arguments);
        if (typed.Errors.Count > 0)
        {
            await streams.Error.WriteLineAsync($"actors: {OnOneLine(typed.Errors)} (try '{PathOf(typed.CommandResult)} --help')");
            return ExitCode.CouldNotRun;
        }

        return await typed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = streams.Out, Error = streams.Error });
    }

    private static string OnOneLine(IEnumerable<ParseError> errors) =>
        string.Join("; ", errors.Select(error => string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));

    private static string PathOf(CommandResult command) => command.Parent is CommandResult parent ? $"{PathOf(parent)} {command.Command.Name}" : "actors";

    private static RootCommand Create(Streams streams)
    {
        var common = new CommonOptions();
        var runner = new CommandRunner(common, streams);
        var root = new RootCommand("Keys, chains, accounts and money of an Actors ledger, and proofs that need no trust.")
        {
            KeysCommand.Create(runner),
            ChainCommand.Create(runner),
            KeysetCommand.Create(runner),
            AssetCommand.Create(runner),
            AccountCommand.Create(runner),
            TransferCommand.Create(runner),
            PendingCommand.Create(runner),
            PostCommand.Create(runner),
            VoidCommand.Create(runner),
            NoteCommand.Create(runner),
            ChannelCommand.Create(runner),
            PeerCommand.Create(runner),
            TransactionCommand.Create(runner),
            ReceiptCommand.Create(runner),
            VerifyCommand.Create(runner),
            AuditCommand.Create(runner),
            RelayCommand.Create(runner),
            DatabaseCommand.Create(runner),
            BackupCommand.Create(runner),
            RestoreCommand.Create(runner),
            BenchCommand.Create(runner),
        };
        foreach (var option in common.All)
        {
            root.Add(option);
        }

        return root;
    }
}
