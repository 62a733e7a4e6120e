using Actors.Ledger.Hashing;
using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>The rows that a statement gives, one after the other.</summary>
internal sealed class Rows(NpgsqlDataReader reader, string database) : IDisposable
{
    /// <summary>Moves to the next row; false after the last one.</summary>
    public bool Step() => reader.Read();

    public bool IsNull(int column) => reader.IsDBNull(column);

    public int Int32(int column) => reader.GetInt32(column);

    public ulong UInt64(int column)
    {
        var value = reader.GetInt64(column);
        return value >= 0
            ? (ulong)value
            : throw new StoreCorruptException($"Database '{database}': expected a number from 0, found {value}.");
    }

    public byte[] Bytes(int column) => reader.GetFieldValue<byte[]>(column);

    public string Text(int column) => reader.GetString(column);

    public Guid Guid(int column) => reader.GetGuid(column);

    public Hash256 Hash(int column)
    {
        var bytes = Bytes(column);
        return bytes.Length == Hash256.Size
            ? new Hash256(bytes)
            : throw new StoreCorruptException($"Database '{database}': expected a hash of {Hash256.Size} bytes, found {bytes.Length}.");
    }

    public void Dispose() => reader.Dispose();
}
