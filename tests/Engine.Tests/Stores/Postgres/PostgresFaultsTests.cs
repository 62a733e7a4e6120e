using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Npgsql;

namespace Actors.Engine.Tests.Stores.Postgres;

public sealed class PostgresFaultsTests
{
    [Theory]
    [InlineData("53100", typeof(StoreFullException))] // disk_full
    [InlineData("53300", typeof(StoreUnavailableException))] // too_many_connections
    [InlineData("23505", typeof(StoreCorruptException))] // unique_violation
    [InlineData("42P01", typeof(StoreCorruptException))] // undefined_table
    [InlineData("XX001", typeof(StoreCorruptException))] // data_corrupted
    [InlineData("XX002", typeof(StoreCorruptException))] // index_corrupted
    [InlineData("XX000", typeof(StoreUnavailableException))] // internal_error
    [InlineData("42501", typeof(StoreUnavailableException))] // insufficient_privilege
    [InlineData("25006", typeof(StoreUnavailableException))] // read_only_sql_transaction
    [InlineData("28P01", typeof(StoreUnavailableException))] // invalid_password
    [InlineData("3D000", typeof(StoreUnavailableException))] // undefined database
    [InlineData("40001", typeof(StoreUnavailableException))] // serialization_failure
    [InlineData("55P03", typeof(StoreUnavailableException))] // lock_not_available
    [InlineData("57014", typeof(StoreUnavailableException))] // query_canceled
    [InlineData("57P01", typeof(StoreUnavailableException))] // admin_shutdown
    [InlineData("58030", typeof(StoreUnavailableException))] // io_error
    [InlineData("08006", typeof(StoreUnavailableException))] // connection_failure
    public void A_failed_statement_has_a_definite_fault(string state, Type fault)
    {
        var translated = PostgresFaults.OfStatement(Answer(state), "the database");
        Assert.IsType(fault, translated);
        Assert.StartsWith("the database: expected", translated.Message);
        Assert.Contains(state, translated.Message);
    }

    [Theory]
    [InlineData("40001", "ERROR", typeof(StoreUnavailableException))]
    [InlineData("53100", "ERROR", typeof(StoreFullException))]
    [InlineData("23505", "ERROR", typeof(StoreCorruptException))]
    [InlineData("57P01", "FATAL", typeof(OutcomeUnknownException))]
    [InlineData("53100", "PANIC", typeof(OutcomeUnknownException))]
    [InlineData("57014", "ERROR", typeof(OutcomeUnknownException))]
    [InlineData("XX000", "ERROR", typeof(OutcomeUnknownException))]
    public void A_commit_has_a_definite_fault_only_if_its_record_was_not_written(string state, string severity, Type fault) =>
        Assert.IsType(fault, PostgresFaults.OfCommit(Answer(state, severity), "the database"));

    [Fact]
    public void Silence_is_a_definite_fault_of_a_statement_and_an_unknown_outcome_of_a_commit()
    {
        var cut = new NpgsqlException("Exception while reading from stream", new IOException("Connection reset by peer"));
        Assert.IsType<StoreUnavailableException>(PostgresFaults.OfStatement(cut, "the database"));
        Assert.IsType<OutcomeUnknownException>(PostgresFaults.OfCommit(cut, "the database"));
    }

    private static PostgresException Answer(string state, string severity = "ERROR") => new("message", severity, severity, state);
}
