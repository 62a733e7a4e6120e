using Actors.Cli.Client;
using Actors.ClusterTests.Programs;
using Actors.Ledger.Transactions;
using Actors.ProcessTests.Load;
using Actors.Tests.Postgres;
using Npgsql;

namespace Actors.ClusterTests.Faults;

/// <summary>Three silos and their load over a database server of their own that fails.</summary>
public sealed class DatabaseFaultTests(DatabaseFaultTests.Cluster cluster) : IClassFixture<DatabaseFaultTests.Cluster>
{
    private const int Cuts = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan FullMax = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task A_database_that_is_killed_and_started_again_under_load_loses_nothing_acknowledged()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "restarted", payers: 4, accountsEach: 1);
        await using (var load = Load.Start(book, () => cluster.Answering))
        {
            for (var i = 0; i < 2; i++)
            {
                await load.MoreAsync(60);
                cluster.Server.Restart();
            }

            await load.MoreAsync(60);
        }

        await Load.CheckAsync(book, cluster.Silos[1]);
        Assert.All(cluster.Silos, silo => Assert.False(silo.HasExited));
    }

    [Fact]
    public async Task Commits_whose_answer_never_came_or_that_never_arrived_are_there_once_or_not_at_all()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "cut", payers: 4, accountsEach: 1);
        var before = cluster.Proxy.CutCount;
        await using (var load = Load.Start(book, () => cluster.Answering))
        {
            for (var i = 0; i < Cuts; i++)
            {
                await load.MoreAsync(20);
                if (i % 2 == 0)
                {
                    cluster.Proxy.CutNextAnswer();
                }
                else
                {
                    cluster.Proxy.CutNextCommit();
                }
            }

            await load.MoreAsync(40);
        }

        Assert.Equal(Cuts, cluster.Proxy.CutCount - before);
        await Load.CheckAsync(book, cluster.Silos[2]);
    }

    /// <summary>The blocks lie on a file system of a few megabytes, as only root can make one.</summary>
    [MountFact]
    public async Task A_full_disk_of_the_database_stops_writes_and_says_so_and_they_go_on_when_there_is_room()
    {
        await cluster.EnsureSilosAsync(3);
        using var book = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "full", payers: 4, accountsEach: 1);
        using var other = await Book.OpenAsync(cluster.Silos[0].Client(Patience), "full-too", payers: 1, accountsEach: 1);
        using var disk = new SmallDisk("64m");
        cluster.Server.Execute($"CREATE TABLESPACE small LOCATION '{disk.Path}'");
        cluster.Database.ExecuteAsAdmin("ALTER TABLE actors.block SET TABLESPACE small");
        var filler = Path.Combine(disk.Path, "filler");
        await using (var load = Load.Start(book, () => cluster.Answering))
        {
            await load.MoreAsync(60);
            Fill(filler);
            var (sent, refusal) = await UntilRefusedAsync(other);
            Assert.Contains("No space left on device", refusal);
            using var read = await cluster.Silos[1].Http.GetAsync($"v1/chains/{book.Chain}?current=true");
            Assert.True(read.IsSuccessStatusCode, "expected current reads while the disk is full");
            File.Delete(filler);
            sent.Acknowledge((await cluster.Silos[0].Client(Patience).SubmitAsync(other.Chain, sent.Envelope, default)).Value);
            await load.MoreAsync(60);
        }

        await Load.CheckAsync(book, cluster.Silos[0]);
        await Load.CheckAsync(other, cluster.Silos[0]);
        cluster.Database.ExecuteAsAdmin("ALTER TABLE actors.block SET TABLESPACE pg_default");
        cluster.Server.Execute("DROP TABLESPACE small");
    }

    private static void Fill(string file)
    {
        using var filler = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var page = new byte[4_096]; ;)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // The disk is full.
        }
    }

    /// <summary>What a client is told that sends a transaction once, as soon as there is no room for its block.</summary>
    private async Task<(Sent Sent, string Refusal)> UntilRefusedAsync(Book book)
    {
        var random = new Random(7);
        for (var deadline = DateTime.UtcNow + FullMax; DateTime.UtcNow < deadline;)
        {
            var sent = book.Payers[0].Write(TransactionKind.Atomic, book.Payers[0].Pay(random));
            try
            {
                sent.Acknowledge((await cluster.Silos[0].Client(TimeSpan.Zero).SubmitAsync(book.Chain, sent.Envelope, default)).Value);
            }
            catch (NodeProblemException refused) when (refused.IsPassing)
            {
                return (sent, refused.Message);
            }
        }

        throw new InvalidOperationException("expected the disk to be full by now");
    }

    public sealed class Cluster : TestCluster
    {
        public Cluster()
            : this(PostgresServer.StartNew())
        {
        }

        private Cluster(PostgresServer server)
            : this(server, new TcpProxy(server.Port))
        {
        }

        private Cluster(PostgresServer server, TcpProxy proxy)
            : base(new PostgresDatabase(server.ConnectionString), proxy.Port)
        {
            Server = server;
            Proxy = proxy;
        }

        internal PostgresServer Server { get; }

        internal TcpProxy Proxy { get; }

        public override async Task DisposeAsync()
        {
            // What this process has open to the server is from before it was killed.
            NpgsqlConnection.ClearAllPools();
            await base.DisposeAsync();
            Proxy.Dispose();
            Server.Dispose();
        }
    }
}
