namespace Actors.Engine.Stores.Postgres;

/// <summary>The connections of one node to one database, a bounded number for each purpose, shared by all its chains.</summary>
internal sealed class PostgresConnections(PostgresAddress address) : IDisposable
{
    public Connections LogWriters { get; } = new(address, PostgresSettings.LogWritersMax);

    public Connections StateWriters { get; } = new(address, PostgresSettings.StateWritersMax);

    public Connections Readers { get; } = new(address, PostgresSettings.ReadersMax);

    public void Dispose()
    {
        LogWriters.Dispose();
        StateWriters.Dispose();
        Readers.Dispose();
    }
}
