namespace Actors.Engine.Stores.Sqlite;

/// <summary>The statements on log.db. Parameters are bound in the order in which their names first occur.</summary>
internal static class LogSql
{
    public const string InsertChain = """
        INSERT INTO chain (id, epoch, height, head_hash, head_time_ms) VALUES (1, 0, 0, @genesis_hash, 0)
        """;

    public const string InsertGenesis = """
        INSERT INTO genesis (id, bytes) VALUES (1, @bytes)
        """;

    public const string ReadGenesis = """
        SELECT bytes FROM genesis WHERE id = 1
        """;

    public const string ReadHead = """
        SELECT epoch, height, head_hash, head_time_ms FROM chain WHERE id = 1
        """;

    public const string TakeEpoch = """
        UPDATE chain SET epoch = max(epoch, @floor) + 1 WHERE id = 1
        """;

    public const string ReadClosedTo = """
        SELECT closed_to FROM chain WHERE id = 1 AND closed_to IS NOT NULL
        """;

    // The epoch is raised too, so that the writer that closes the chain is as fenced as any other.
    public const string Close = """
        UPDATE chain SET closed_to = @closed_to, epoch = epoch + 1 WHERE id = 1 AND epoch = @epoch
        """;

    public const string ConfirmEpoch = """
        UPDATE chain SET epoch = epoch WHERE id = 1 AND epoch = @epoch
        """;

    public const string MoveHead = """
        UPDATE chain SET height = @height, head_hash = @hash, head_time_ms = @time_ms
        WHERE id = 1 AND epoch = @epoch AND height = @height - 1 AND head_hash = @previous AND head_time_ms <= @time_ms
        """;

    public const string InsertBlock = """
        INSERT INTO block (height, time_ms, hash, bytes) VALUES (@height, @time_ms, @hash, @bytes)
        """;

    public const string InsertFilter = """
        INSERT INTO id_filter (first_height, last_height, first_time_ms, last_time_ms, bits)
        VALUES (@first_height, @last_height, @first_time_ms, @last_time_ms, @bits)
        """;

    public const string InsertTile = """
        INSERT INTO history_tile (level, tile, root) VALUES (@level, @tile, @root)
        """;

    public const string InsertKeyChange = """
        INSERT INTO key_change (height, position, bytes) VALUES (@height, @position, @bytes)
        """;

    public const string ReadBlock = """
        SELECT bytes FROM block WHERE height = @height
        """;

    public const string ReadAppend = """
        SELECT time_ms, hash, bytes FROM block WHERE height = @height
        """;

    public const string ReadBlockLength = """
        SELECT length(bytes) FROM block WHERE height = @height
        """;

    public const string ReadBlockHash = """
        SELECT hash FROM block WHERE height = @height
        """;

    public const string ReadBlockTime = """
        SELECT time_ms FROM block WHERE height = @height
        """;

    public const string ReadHashes = """
        SELECT height, hash FROM block WHERE height >= @first ORDER BY height LIMIT @count
        """;

    public const string ReadTile = """
        SELECT root FROM history_tile WHERE level = @level AND tile = @tile
        """;

    // Read in order until a stretch begins after the range: the stretches' ends are ascending.
    public const string ReadFilters = """
        SELECT first_height, last_height, first_time_ms, last_time_ms, bits FROM id_filter
        WHERE last_time_ms >= @from_ms ORDER BY last_time_ms, first_height
        """;

    public const string LastFilteredHeight = """
        SELECT last_height FROM id_filter ORDER BY first_height DESC LIMIT 1
        """;

    public const string ReadKeyChangesOf = """
        SELECT bytes FROM key_change WHERE height = @height ORDER BY position
        """;

    public const string ReadKeyChanges = """
        SELECT height, bytes FROM key_change ORDER BY height, position
        """;
}
