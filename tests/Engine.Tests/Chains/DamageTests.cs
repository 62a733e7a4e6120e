using Actors.Engine.Chains;
using Actors.Engine.Faults;
using Actors.Engine.Stores;
using Actors.Engine.Views;
using Actors.Ledger;
using Actors.Ledger.Pendings;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;
using Microsoft.Data.Sqlite;

namespace Actors.Engine.Tests.Chains;

/// <summary>
/// Damages the files of a small chain a byte at a time. Each damage is found when the chain is opened, read or audited, or it changes no
/// answer at all. ACTORS_FLIP_ALL flips every byte of every file, or those it names ("40960-49152"); without it a sample is.
/// </summary>
public sealed class DamageTests
{
    private const int Sample = 160;
    private const int Accounts = 80;

    /// <summary>A day: flipping every byte takes hours, and an answer must not change by itself meanwhile.</summary>
    private const ulong PendingMs = 24 * 60 * 60 * 1_000;

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    [InlineData("head")]
    public async Task A_flipped_byte_is_found_or_changes_no_answer(string file)
    {
        await using var node = new TestNode { Options = new ChainOptions { SnapshotLogBytes = 1_000 } };
        var ids = await FillAsync(node);
        var answers = await AnswersAsync(node, ids);
        await node.StopAsync();
        var whole = Path.Combine(node.Root, "whole");
        BackupTests.Copy(node.ChainFolder, whole);
        var bytes = await File.ReadAllBytesAsync(Path.Combine(whole, file));
        var (found, harmless) = (0, 0);
        foreach (var at in Positions(bytes.Length))
        {
            Directory.Delete(node.ChainFolder, recursive: true);
            BackupTests.Copy(whole, node.ChainFolder);
            var flipped = (byte[])bytes.Clone();
            flipped[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(Path.Combine(node.ChainFolder, file), flipped);
            if (await IsFoundAsync(node, ids, answers, $"{file}, byte {at}"))
            {
                found++;
            }
            else
            {
                harmless++;
            }
        }

        // Of a part of the file, which may be free space, nothing of the kind can be said.
        Assert.True(Environment.GetEnvironmentVariable("ACTORS_FLIP_ALL")?.Contains('-') == true || found > harmless / 10, $"of {found + harmless} flips in {file} only {found} were found");
    }

    [Theory]
    [InlineData("log.db")]
    [InlineData("state.db")]
    public async Task A_truncated_file_is_refused_at_the_latest_by_the_audit(string file)
    {
        await using var node = new TestNode { Options = new ChainOptions { SnapshotLogBytes = 1_000 } };
        var ids = await FillAsync(node);
        var answers = await AnswersAsync(node, ids);
        await node.StopAsync();
        var path = Path.Combine(node.ChainFolder, file);
        var bytes = await File.ReadAllBytesAsync(path);
        for (var part = 0; part < 8; part++)
        {
            await File.WriteAllBytesAsync(path, bytes[..(bytes.Length * part / 8)]);
            Assert.True(await IsFoundAsync(node, ids, answers, $"{file} cut to {part}/8"), $"{file} cut to {part}/8 was not noticed");
        }
    }

    /// <summary>What a lookup by id goes by is beside the blocks: damage to it hides a transaction and leaves every block whole.</summary>
    [Theory]
    [InlineData("UPDATE block SET time_ms = time_ms + 3600000 WHERE height = 5", "the stored time of block 5")]
    [InlineData("UPDATE chain SET head_time_ms = head_time_ms - 3600000", "the head's stored time")]
    public async Task A_stored_time_that_is_not_the_blocks_is_found(string damage, string finding)
    {
        await using var node = new TestNode();
        await FillAsync(node);
        await node.StopAsync();
        await using (var log = new SqliteConnection($"Data Source={Path.Combine(node.ChainFolder, "log.db")};Pooling=False"))
        {
            await log.OpenAsync();
            await using var update = log.CreateCommand();
            update.CommandText = damage;
            Assert.Equal(1, await update.ExecuteNonQueryAsync());
        }

        Assert.Contains((await TestNode.AuditAsync(node.DataFolder)).Findings, found => found.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_chain_without_its_sealing_key_is_read_and_not_written()
    {
        await using var node = new TestNode();
        var book = await node.CreateAsync();
        await book.CommitAsync(TestBook.Move(1, 2, 5));
        await node.StopAsync();
        Directory.Delete(Path.Combine(node.DataFolder, "sealing-keys"), recursive: true);
        book = await node.FindAsync();
        Assert.Equal(5, await book.PostedAsync(2));
        await Assert.ThrowsAnyAsync<EngineFaultException>(() => book.SendAsync(TestBook.Move(1, 2, 5)));
    }

    private static IEnumerable<int> Positions(int length)
    {
        if (Environment.GetEnvironmentVariable("ACTORS_FLIP_ALL") is { Length: > 0 } asked)
        {
            var (first, end) = asked.Split('-') is [var from, var to] ? (int.Parse(from), Math.Min(length, int.Parse(to))) : (0, length);
            return Enumerable.Range(first, end - first);
        }

        // The start of each page holds its structure; the rest is mostly rows.
        var random = new Random(11);
        return Enumerable.Range(0, Math.Min(Sample, length)).Select(i => i % 3 == 0 ? Math.Min(length - 1, (random.Next(length) & ~4095) + random.Next(64)) : random.Next(length)).Distinct();
    }

    private static async Task<List<TransactionId>> FillAsync(TestNode node)
    {
        var book = await node.CreateAsync(accounts: Accounts);
        var ids = new List<TransactionId>();
        var timeout = new Timestamp(node.Clock.UnixMs + PendingMs);
        for (ulong i = 0; i < 12; i++)
        {
            var envelope = book.Envelope([TestBook.Move(1, 2 + (i * 6), 1 + (long)i), new Pending(TestBook.Account(1), TestBook.Account(2 + i), 2, timeout)]);
            Assert.Equal(Outcome.Committed, (await book.SendAsync(envelope)).Outcome);
            ids.Add(book.IdOf(envelope));
        }

        return ids;
    }

    /// <summary>Opens, audits and asks everything. True when somewhere the damage is told; fails when an answer differs.</summary>
    private static async Task<bool> IsFoundAsync(TestNode node, List<TransactionId> ids, List<string> answers, string damage)
    {
        try
        {
            if ((await TestNode.AuditAsync(node.DataFolder)).Findings.Count > 0)
            {
                return true;
            }

            var found = await AnswersAsync(node, ids);
            for (var i = 0; i < answers.Count; i++)
            {
                Assert.True(answers[i] == found[i], $"{damage} was not found and changes an answer from {answers[i]} to {found[i]}");
            }

            return false;
        }
        catch (Exception told) when (told is StoreException or EngineFaultException or BrokenInvariantException)
        {
            Assert.NotEmpty(told.Message);
            return true;
        }
        finally
        {
            await node.StopAsync();
        }
    }

    private static async Task<List<string>> AnswersAsync(TestNode node, List<TransactionId> ids)
    {
        var book = await node.FindAsync();
        var answers = new List<string>();
        for (ulong account = 1; account <= Accounts + 1; account++)
        {
            answers.Add($"{await book.ReadAsync(account)}");
        }

        foreach (var id in ids)
        {
            answers.Add(await book.Chain.GetReceiptAsync(id, null, CancellationToken.None) is { } receipt ? Convert.ToHexString(receipt) : $"no receipt of {id}");
            answers.Add($"{await book.Chain.GetPendingAsync(new PendingNumber((ulong)answers.Count % 12), true, CancellationToken.None)}");
        }

        var statement = await book.Chain.GetStatementAsync(new AccountNumber(1), new StatementQuery(), CancellationToken.None);
        answers.Add(string.Join(';', statement!.Entries.Select(entry => $"{entry.Height} {entry.Time} {string.Join(',', entry.Lines)}")));
        return answers;
    }
}
