using Npgsql;

namespace Actors.Engine.Stores.Postgres;

/// <summary>Where reads get their connection: any free one, or the one on which everything stands still.</summary>
internal interface IReads
{
    T Read<T>(Func<NpgsqlConnection, T> work);
}
