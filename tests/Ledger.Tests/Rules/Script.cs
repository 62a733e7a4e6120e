using System.Globalization;
using Actors.Ledger.Blocks;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Rules;

/// <summary>
/// Runs a script, line by line, each line in a block of its own unless it starts with <c>+</c>:
/// <code>
/// alice: transfer a b 100; close a => AccountNotEmpty@1     atomic; which operation is refused may be said
/// bulk alice: transfer a b 1; transfer a b 9999 => Committed, BelowFloor
/// bob: transfer a b 100 => answer MissingSignature          answered, not recorded
/// time 500                                                  time goes on by 500 ms
/// expect a 900 out 5 in 0                                   what an account holds and has set aside
/// expect p expired                                          how a pending stands
/// </code>
/// </summary>
internal static class Script
{
    public static void Run(Book book, string script)
    {
        var lines = script.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        for (var i = 0; i < lines.Length; i++)
        {
            var next = i + 1 < lines.Length ? lines[i + 1] : "";
            RunLine(book, lines[i].TrimStart('+', ' '), endsBlock: !next.StartsWith('+'));
        }
    }

    private static void RunLine(Book book, string line, bool endsBlock)
    {
        switch (line.Split(' '))
        {
            case ["expect", var name, .. var words]:
                Expect(book, name, words, line);
                return;
            case ["time", var ms]:
                book.NowMs += ulong.Parse(ms, CultureInfo.InvariantCulture);
                return;
            case ["block"]:
                book.EndBlock(Check);
                return;
            default:
                Submit(book, line);
                if (endsBlock)
                {
                    book.EndBlock(Check);
                }

                return;
        }
    }

    private static void Submit(Book book, string line)
    {
        var (signers, rest) = Cut(line, ":");
        var (text, expected) = Cut(rest, "=>");
        var kind = signers.StartsWith("bulk ") ? TransactionKind.Bulk : TransactionKind.Atomic;
        var operations = new ScriptOperations(book.Names, book.NowMs).Read(text);
        var result = book.Submit(kind, operations, signers.Replace("bulk ", ""), line);
        if (expected.StartsWith("answer "))
        {
            Assert.Equal((line, expected[7..], false), (line, Named(result.Outcome, expected, result.Operation), result.IsRecorded));
        }
        else
        {
            Assert.True(result.IsRecorded, $"{line}: answered {result.Outcome}@{result.Operation}, expected to be recorded");
        }
    }

    private static void Check(string line, TransactionEffect effect)
    {
        var (signers, rest) = Cut(line, ":");
        var expected = Cut(rest, "=>").After;
        var found = Named(effect.Outcome, expected, effect.FailedOperation);
        if (signers.StartsWith("bulk ") && effect.Outcome == Outcome.Committed)
        {
            found = string.Join(", ", expected.Split(',').Select((_, i) => effect.Operations.FirstOrDefault(entry => entry.Operation == i).Outcome));
        }

        Assert.True(expected == found, $"{line}\n   found {found}");
    }

    private static void Expect(Book book, string name, string[] words, string line)
    {
        if (!long.TryParse(words[0], CultureInfo.InvariantCulture, out var posted))
        {
            Assert.Equal((line, words[0]), (line, book.Pending(name).State.ToString().ToLowerInvariant()));
            return;
        }

        var account = book.Account(name);
        Assert.Equal((line, posted, Value(words, "out"), Value(words, "in")), (line, account.Posted, account.PendingOut, account.PendingIn));
    }

    private static long Value(string[] words, string name) =>
        Array.IndexOf(words, name) is var at and >= 0 ? long.Parse(words[at + 1], CultureInfo.InvariantCulture) : 0;

    private static string Named(Outcome outcome, string expected, int operation) => expected.Contains('@') ? $"{outcome}@{operation}" : $"{outcome}";

    private static (string Before, string After) Cut(string text, string at)
    {
        var parts = text.Split(at, 2, StringSplitOptions.TrimEntries);
        return (parts[0], parts[1]);
    }
}
