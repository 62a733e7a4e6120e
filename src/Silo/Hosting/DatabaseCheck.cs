using Actors.Engine.Stores;
using Actors.Engine.Stores.Postgres;
using Actors.Gateway.Settings;
using Npgsql;

namespace Actors.Silo.Hosting;

/// <summary>Looks, before anything is started, whether the database can be used, so that what is wrong is said in one line with what to do.</summary>
internal static class DatabaseCheck
{
    /// <summary>The name under which the ADO.NET providers know PostgreSQL.</summary>
    public const string Provider = "Npgsql";

    private const string Schema = "actors";

    /// <exception cref="StartRefusedException">It cannot be reached, or its schema is not the one that this program knows.</exception>
    public static void Require(string connectionString)
    {
        try
        {
            PostgresNodeStore.Open(connectionString, headFolder: null).Dispose();
        }
        catch (StoreException fault)
        {
            throw new StartRefusedException($"{GatewayOptions.Section}:{nameof(GatewayOptions.Store)}: {fault.Message}", fault);
        }
    }

    /// <summary>For Orleans' providers, which name no schema.</summary>
    public static string ForProviders(string connectionString) => new NpgsqlConnectionStringBuilder(connectionString) { SearchPath = Schema }.ConnectionString;
}
