using Actors.Engine.Stores;
using Actors.Engine.Stores.Sqlite;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Actors.Engine.Tests.Stores.Sqlite;

public sealed class SqliteFaultsTests
{
    [Theory]
    [InlineData(raw.SQLITE_FULL, typeof(StoreFullException))]
    [InlineData(raw.SQLITE_CORRUPT, typeof(StoreCorruptException))]
    [InlineData(raw.SQLITE_NOTADB, typeof(StoreCorruptException))]
    [InlineData(raw.SQLITE_CONSTRAINT, typeof(StoreCorruptException))]
    [InlineData(raw.SQLITE_BUSY, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_LOCKED, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_IOERR, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_IOERR_READ, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_CANTOPEN, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_READONLY, typeof(StoreUnavailableException))]
    public void A_failed_statement_has_a_definite_fault(int code, Type fault)
    {
        using var connection = Open();
        var translated = SqliteFaults.OfStatement(code, connection.Handle!, "log.db");
        Assert.IsType(fault, translated);
        Assert.Contains("'log.db'", translated.Message);
        Assert.IsType<SqliteException>(translated.InnerException);
    }

    [Theory]
    [InlineData(raw.SQLITE_FULL, typeof(StoreFullException))]
    [InlineData(raw.SQLITE_BUSY, typeof(StoreUnavailableException))]
    [InlineData(raw.SQLITE_IOERR, typeof(OutcomeUnknownException))]
    [InlineData(raw.SQLITE_IOERR_FSYNC, typeof(OutcomeUnknownException))]
    [InlineData(raw.SQLITE_IOERR_WRITE, typeof(OutcomeUnknownException))]
    [InlineData(raw.SQLITE_NOMEM, typeof(OutcomeUnknownException))]
    public void A_commit_has_a_definite_fault_only_if_its_record_was_not_written(int code, Type fault)
    {
        using var connection = Open();
        Assert.IsType(fault, SqliteFaults.OfCommit(code, connection.Handle!, "log.db"));
    }

    [Fact]
    public void A_file_on_a_full_disk_is_a_full_store()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Assert.Throws<StoreFullException>(() => SqliteFaults.Files("head", () =>
        {
            using var file = new FileStream("/dev/full", FileMode.Open, FileAccess.Write);
            file.Write([1, 2, 3]);
            file.Flush(flushToDisk: true);
        }));
    }

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection;
    }
}
