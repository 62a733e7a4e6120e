namespace Actors.Engine.Stores.Postgres;

internal static class SealingKeySql
{
    public const string Insert = """
        INSERT INTO actors.sealing_key (slug, public_key, encrypted) VALUES ($1, $2, $3)
        """;

    public const string Find = """
        SELECT encrypted FROM actors.sealing_key WHERE slug = $1 AND public_key = $2
        """;
}
