using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Terminals;
using Actors.Engine.Audits;
using Actors.Engine.Sealing;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Actors.Ledger.Chains;

namespace Actors.Cli.Backups;

/// <summary><c>actors restore</c>: a backup folder becomes a chain of a data folder, which must not have it yet.</summary>
internal static class RestoreCommand
{
    public static Command Create(CommandRunner runner)
    {
        var backup = new Argument<string>("BACKUP") { Description = "The folder that 'backup' made." };
        var data = new Option<string>("--data") { Description = "The data folder to restore into; made if there is none.", HelpName = "DIR", Required = true };
        var keys = new Option<string?>("--sealing-keys") { Description = "The folder with the chain's sealing keys; a backup holds none, since who has them can seal blocks.", HelpName = "DIR" };
        return runner.RunAsync(new Command("restore", "Put a backup into a data folder. A chain that is there is never touched.") { backup, data, keys }, async (session, cancellation) =>
        {
            var (from, into) = (session.Get(backup), session.Get(data));
            var genesis = await ReadGenesisAsync(from, cancellation);
            var chain = genesis.ChainId.Value;
            var head = await ProgressDisplay.RunAsync(session.Streams, $"restoring {chain}", _ => Task.Run(() => SqliteRestore.Run(from, into, chain), cancellation));
            var keyFolder = Path.Combine(into, "sealing-keys", chain);
            var copied = session.Find(keys) is { } folder ? SealingKeys.Copy(folder, keyFolder) : 0;
            Answer(session, genesis, head, copied);
            using var restored = StoredChain.Open(into, chain);
            using var held = new SealingKeyFolder(keyFolder);
            if (!held.Holds(restored.SealingKey))
            {
                session.Notice($"actors: note: {chain} can be read and audited, but cannot write until its sealing key {restored.SealingKey} is in {keyFolder}");
            }
        });
    }

    private static async Task<Genesis> ReadGenesisAsync(string backup, CancellationToken cancellation)
    {
        var file = Path.Combine(backup, "genesis");
        return File.Exists(file)
            ? Genesis.Parse(await File.ReadAllBytesAsync(file, cancellation))
            : throw new CannotRunException($"{backup} is no backup: there is no file 'genesis' in it");
    }

    private static void Answer(Session session, Genesis genesis, in StoredHead head, int keysCopied)
    {
        var height = head.Height.ToString(CultureInfo.InvariantCulture);
        var json = new JsonObject
        {
            ["chain"] = genesis.ChainId.Value,
            ["genesisHash"] = genesis.Hash.ToString(),
            ["height"] = height,
            ["headerHash"] = head.HeaderHash.ToString(),
            ["sealingKeys"] = keysCopied,
        };
        session.Answer(json, Table.Of(("chain", genesis.ChainId.Value), ("genesis", genesis.Hash.ToString()), ("height", height), ("header", head.HeaderHash.ToString()), ("sealing keys", $"{keysCopied} copied")));
    }
}
