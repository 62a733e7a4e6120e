using Actors.Cli.Databases;
using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Engine.Stores.Sqlite;

namespace Actors.Cli.Chains;

/// <summary>A data folder or a PostgreSQL database, as one word on the command line: a connection string has an equals sign in it.</summary>
/// <param name="Name">What a closed chain says of where it went.</param>
/// <param name="Open">Opens the store.</param>
internal sealed record ChainPlace(string Name, Func<INodeStore> Open)
{
    public const string Form = "DIR|CONNECTION";

    public static ChainPlace Parse(string typed, bool mustExist)
    {
        if (typed == "-" || typed.Contains('=', StringComparison.Ordinal))
        {
            var connection = StoreOption.Resolve(typed);
            return new ChainPlace(PostgresNodeStore.NameOf(connection), () => PostgresNodeStore.Open(connection, headFolder: null));
        }

        var folder = Path.GetFullPath(typed);
        return Directory.Exists(folder) || !mustExist
            ? new ChainPlace($"data folder {folder}", () => new SqliteNodeStore(folder))
            : throw new CannotRunException($"there is no data folder {folder}");
    }
}
