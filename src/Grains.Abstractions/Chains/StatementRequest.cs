namespace Actors.Grains.Chains;

/// <summary>Which part of an account's history to give, newest first.</summary>
[GenerateSerializer, Immutable, Alias("actors.statement-request.1")]
public sealed record StatementRequest
{
    public const int EntriesMaxMax = 200;

    /// <summary>1 to <see cref="EntriesMaxMax"/> blocks that touched the account.</summary>
    [Id(0)]
    public int EntriesMax { get; init; } = 50;

    /// <summary>Go on below this height.</summary>
    [Id(1)]
    public ulong? Before { get; init; }

    /// <summary>Blocks at or after this time.</summary>
    [Id(2)]
    public ulong? FromMs { get; init; }

    /// <summary>Blocks before this time.</summary>
    [Id(3)]
    public ulong? UntilMs { get; init; }
}

/// <summary>A page for the gateway's JSON; <see cref="Next"/> is null at the end. What others can check is the statement file.</summary>
[GenerateSerializer, Immutable, Alias("actors.statement-answer.1")]
public sealed record StatementAnswer
{
    [Id(0)]
    public required AccountState Account { get; init; }

    /// <summary>Entries, newest first, in an encoding that only gateways and silos of one version share.</summary>
    [Id(1)]
    public required byte[] Entries { get; init; }

    [Id(2)]
    public ulong? Next { get; init; }
}

/// <summary>That one header is in the history of another.</summary>
[GenerateSerializer, Immutable, Alias("actors.history-answer.1")]
public sealed record HistoryAnswer
{
    [Id(0)]
    public required byte[] HeaderHash { get; init; }

    [Id(1)]
    public required byte[] HistoryRoot { get; init; }

    /// <summary>Hashes of 32 bytes, one after the other.</summary>
    [Id(2)]
    public required byte[] Path { get; init; }
}

/// <summary>A part of something that may be longer than a message may be.</summary>
[GenerateSerializer, Immutable, Alias("actors.bytes-part.1")]
public sealed record BytesPart
{
    public const int LengthMax = 4 << 20;

    /// <summary>How long the whole is.</summary>
    [Id(0)]
    public required int Total { get; init; }

    /// <summary>At most <see cref="LengthMax"/> bytes from the offset that was asked for.</summary>
    [Id(1)]
    public required byte[] Bytes { get; init; }
}
