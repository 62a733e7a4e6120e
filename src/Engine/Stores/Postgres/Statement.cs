using Actors.Ledger.Hashing;
using Npgsql;
using NpgsqlTypes;

namespace Actors.Engine.Stores.Postgres;

/// <summary>
/// A statement with its parameters in the order of their numbers. It is prepared on its connection the first time and found there
/// again.
/// </summary>
internal sealed class Statement(NpgsqlConnection connection, string sql) : IDisposable
{
    private readonly NpgsqlCommand _command = new(sql, connection);

    public Statement With(int value) => Add(new NpgsqlParameter<int> { TypedValue = value });

    public Statement With(long value) => Add(new NpgsqlParameter<long> { TypedValue = value });

    /// <exception cref="OverflowException"><paramref name="value"/> is 2^63 or more.</exception>
    public Statement With(ulong value) => With(checked((long)value));

    public Statement With(in Hash256 value) => With(value.AsSpan().ToArray());

    /// <summary>The buffer is not kept once the statement has run.</summary>
    public Statement With(ReadOnlyMemory<byte> value) =>
        Add(new NpgsqlParameter<ReadOnlyMemory<byte>> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bytea });

    public Statement With(Guid value) => Add(new NpgsqlParameter<Guid> { TypedValue = value });

    public Statement With(string value) => Add(new NpgsqlParameter<string> { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Text });

    public Statement With(int[] values) => Add(new NpgsqlParameter<int[]> { TypedValue = values });

    public Statement With(long[] values) => Add(new NpgsqlParameter<long[]> { TypedValue = values });

    public Statement With(ReadOnlyMemory<byte>[] values) =>
        Add(new NpgsqlParameter<ReadOnlyMemory<byte>[]> { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea });

    /// <summary>Runs it to its end and returns how many rows it changed.</summary>
    public int Run()
    {
        _command.Prepare();
        return _command.ExecuteNonQuery();
    }

    public Rows Query()
    {
        _command.Prepare();
        return new Rows(_command.ExecuteReader(), connection.Database);
    }

    public void Dispose() => _command.Dispose();

    private Statement Add(NpgsqlParameter parameter)
    {
        _command.Parameters.Add(parameter);
        return this;
    }
}
