using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Databases;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Engine;
using Actors.Engine.Recovery;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Chains;

/// <summary><c>actors chain recover</c>: go on with a chain that stopped with HeadBehind.</summary>
internal static class ChainRecoverCommand
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(60);

    public static Command Create(CommandRunner runner)
    {
        var id = Parser.Argument("ID", "The chain.", ChainId.Parse);
        var data = new Option<string?>("--data") { Description = "The node's data folder: its chains, or with a database what is noted beside it, and its sealing keys.", HelpName = "DIR" };
        var store = StoreOption.Create("The database that the chain is in, when it is in one; '-' for what the variable holds.");
        var secret = new Option<string?>("--secret") { Description = "A cluster's secret file, where the sealing keys are in the database.", HelpName = "FILE" };
        var lost = Parser.Optional<NotedHead?>("--lost", "A head that the chain had, as HEIGHT:HASH, where none is noted: from a receipt, or from what a node said when it stopped.", text => ParseHead(text));
        var keys = new Option<string[]>("--key") { Description = "Key file of the operator, once for each key. Without it the command only says what is lost.", HelpName = "FILE", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("recover", "Go on with a chain whose store lost blocks (HeadBehind): the operator signs which, and the sealing key changes. Stop its nodes first.") { id, data, store, secret, lost, keys };
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            var chain = session.Get(id);
            var folder = session.Find(data);
            var connection = session.Find(store) is { } typed ? StoreOption.Resolve(typed) : null;
            using var stores = OpenStore(folder, connection);
            var keyring = OpenKeys(folder, connection, session.Find(secret));
            using var disposing = keyring as IDisposable;
            await using var recovery = LossRecovery.Open(stores, keyring, chain, session.Find(lost), new LedgerNodeOptions { DataFolder = folder ?? Path.GetTempPath() });
            if (recovery.Lost is not { } blocks)
            {
                return Answer(session, chain, recovery, "nothing: the store has every block that is known", ExitCode.Fine);
            }

            if (recovery.Recorded is null)
            {
                if (session.Typed.GetValue(keys) is not { Length: > 0 } files)
                {
                    return Answer(session, chain, recovery, "nothing yet: give --key to go on without these blocks", ExitCode.FoundWrong);
                }

                using var signing = SigningKeys.Read(session, files);
                await RecordAsync(recovery, blocks, signing, cancellation);
            }

            recovery.Accept();
            return Answer(session, chain, recovery, $"block {Text(recovery.Head.Height)} says what was lost; a new key seals from the next one on", ExitCode.Fine);
        });
    }

    private static async Task RecordAsync(LossRecovery recovery, LostBlocks lost, SigningKeys signing, CancellationToken cancellation)
    {
        var builder = new TransactionBuilder(recovery.Genesis.Hash).Add(new ChangeSealingKey(recovery.CreateSealingKey(), lost));
        var expiry = DateTimeOffset.UtcNow + Validity;
        var envelope = builder.Sign(builder.Build(new Timestamp((ulong)expiry.ToUnixTimeMilliseconds())), signing.All);
        var result = await recovery.RecordAsync(envelope, cancellation);
        if (result.Outcome is not Outcome.Committed)
        {
            throw new RefusedException(result.Outcome, result.Detail ?? "the chain refused what the operator signed; it is as it was, and nobody opens it until this command succeeds");
        }
    }

    private static INodeStore OpenStore(string? folder, string? connection)
    {
        if (connection is not null)
        {
            return PostgresNodeStore.Open(connection, folder is null ? null : Path.Combine(folder, "heads"));
        }

        return folder is null ? throw new CannotRunException("which chain store? Give --data DIR, or --store for a database")
            : Directory.Exists(folder) ? new SqliteNodeStore(folder) : throw new CannotRunException($"there is no data folder {folder}");
    }

    private static ISealingKeyring OpenKeys(string? folder, string? connection, string? secretFile)
    {
        if (secretFile is null)
        {
            return folder is not null ? SealingKeyFolders.In(folder) : throw new CannotRunException("where are the sealing keys? Give --data DIR, or --secret FILE for a cluster");
        }

        if (connection is null)
        {
            throw new CannotRunException("--secret is for sealing keys in a database; give --store too");
        }

        try
        {
            var secret = Convert.FromHexString(File.ReadAllText(secretFile).Trim());
            return secret.Length == SecretBytes ? SealingKeyTable.Open(connection, secret) : throw new CannotRunException($"{secretFile} holds {secret.Length} bytes, expected {SecretBytes} as hex");
        }
        catch (Exception unreadable) when (unreadable is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new CannotRunException($"{secretFile} cannot be read as hex: {unreadable.Message}", unreadable);
        }
    }

    private static NotedHead ParseHead(string text)
    {
        var parts = text.Split(':');
        return parts.Length == 2 && ulong.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var height) && height is > 0 and <= long.MaxValue && Hash256.TryParse(parts[1], out var hash)
            ? new NotedHead(height, hash)
            : throw new FormatException($"'{text}' is not a head: expected HEIGHT:HASH, a number from 1 and 64 hex digits");
    }

    private static int Answer(Session session, ChainId chain, LossRecovery recovery, string done, int exit)
    {
        var json = new JsonObject
        {
            ["chain"] = chain.Value,
            ["genesisHash"] = recovery.Genesis.Hash.ToString(),
            ["height"] = Text(recovery.Head.Height),
            ["headerHash"] = recovery.Head.HeaderHash.ToString(),
            ["lost"] = recovery.Lost is not { } lost ? null : new JsonObject { ["first"] = Text(lost.First), ["last"] = Text(lost.Last), ["header"] = lost.Header.ToString() },
            ["recovered"] = exit == ExitCode.Fine,
        };
        session.Answer(json, Table.Of(
            ("chain", chain.Value),
            ("genesis", recovery.Genesis.Hash.ToString()),
            ("head", $"block {Text(recovery.Head.Height)} {recovery.Head.HeaderHash}"),
            ("lost", recovery.Lost is not { } blocks ? "no block" : $"blocks {Text(blocks.First)} to {Text(blocks.Last)}, the last of them {blocks.Header}"),
            ("done", done)));
        if (recovery.Lost is not null)
        {
            session.Notice("actors: note: receipts of lost blocks stay valid signatures of the old key; whoever holds one can show what is missing");
        }

        return exit;
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
