using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Actors.Cli.Client;

/// <summary>What a node said: decoded, and as it said it.</summary>
public sealed record Answered<T>(T Value, JsonObject Json);

public sealed record ChainAnswer(string Id, string GenesisHash, ulong Created, ulong Height, string HeaderHash, ulong Time)
{
    public ulong StateHeight { get; init; }

    public ulong Accounts { get; init; }

    public ulong Keysets { get; init; }

    public ulong Assets { get; init; }

    public ulong Pendings { get; init; }

    public ulong Operator { get; init; }

    public string SealingKey { get; init; } = "";

    /// <summary>Null while blocks can be written; otherwise why not.</summary>
    public string? WritesStopped { get; init; }

    public IReadOnlyList<string> Notices { get; init; } = [];
}

public sealed record ChainList(IReadOnlyList<string> Chains)
{
    public string? Next { get; init; }
}

/// <summary>Amounts in minor units; floor or ceiling null: none.</summary>
public sealed record AccountAnswer(ulong Number, string Address, uint Owner, uint Asset, long Posted, long PendingOut, long PendingIn)
{
    public long? Floor { get; init; }

    public long? Ceiling { get; init; }

    public bool Frozen { get; init; }

    public bool Closed { get; init; }

    public ulong LastBlock { get; init; }

    public ulong AsOf { get; init; }
}

public sealed record AssetAnswer(uint Number, string Code, int Scale, uint Issuer, bool Restricted, ulong CreatedAt);

public sealed record KeyAnswer(string Key, int Weight);

public sealed record KeysetAnswer(uint Number, int Threshold, IReadOnlyList<KeyAnswer> Keys, ulong ChangedAt);

public sealed record PendingAnswer(ulong Number, string State)
{
    public ulong? Debit { get; init; }

    public ulong? Credit { get; init; }

    public long? Amount { get; init; }

    public ulong? Timeout { get; init; }

    public uint? Decider { get; init; }

    public ulong? GroupFirst { get; init; }

    public int? GroupSize { get; init; }

    public string? Reference { get; init; }
}

public sealed record StatementAnswer(AccountAnswer Account, IReadOnlyList<StatementEntryAnswer> Entries)
{
    /// <summary>The <c>before</c> of the next page; null at the end.</summary>
    public ulong? Next { get; init; }
}

public sealed record StatementEntryAnswer(ulong Height, ulong Time, IReadOnlyList<StatementLineAnswer> Lines);

/// <summary>One movement; without a transaction it is an expiry.</summary>
public sealed record StatementLineAnswer(long PostedChange)
{
    public string? Transaction { get; init; }

    public int? OperationIndex { get; init; }

    public JsonObject? Operation { get; init; }

    public SettlementAnswer? Settlement { get; init; }
}

public sealed record SettlementAnswer(ulong Pending, ulong Debit, ulong Credit, long Posted, long Released);

public sealed record BackupAnswer(string Chain, string Name, string Folder);

public sealed record SealingKeyAnswer(string Key);

/// <summary>The node's JSON, in which 64-bit numbers are strings.</summary>
internal static class NodeJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };
}
