using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Cli.Transactions;
using Actors.Ledger.Hashing;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;

namespace Actors.Cli.Notes;

/// <summary><c>actors note</c>: puts the hash of a file on record.</summary>
internal static class NoteCommand
{
    public static Command Create(CommandRunner runner)
    {
        var file = new Argument<string>("FILE") { Description = "The file whose SHA-256 goes on record; its content does not." };
        var author = Parser.Required("--author", "The keyset that signs it.", Parser.Keyset);
        var text = new Option<string?>("--text") { Description = "Kept with it in the block, at most 255 bytes." };
        var signing = new SigningOptions();
        var command = signing.AddTo(new Command("note", "Put the hash of a file on record, with a time and a signature.") { file, author, text });
        return runner.RunAsync(command, async (session, cancellation) =>
        {
            await using var content = File.OpenRead(session.Get(file));
            var hash = new Hash256(await SHA256.HashDataAsync(content, cancellation));
            var note = new Note(EntityReference.Numbered(session.Get(author)), hash, Encoding.UTF8.GetBytes(session.Find(text) ?? ""));
            return await new Submission(runner.Common, signing).RunAsync(session, session.Chain(runner.Common), builder => builder.Add(note), cancellation);
        });
    }
}
