using System.CommandLine;
using Actors.Cli.Parsing;
using Actors.Ledger;
using Actors.Ledger.Hashing;

namespace Actors.Cli;

/// <summary>What every command understands: which node, which chain, with which rights, answered in which form.</summary>
internal sealed class CommonOptions
{
    public const string NodeVariable = "ACTORS_NODE";
    public const string ChainVariable = "ACTORS_CHAIN";
    public const string TokenVariable = "ACTORS_TOKEN";
    public const string ApiKeyVariable = "ACTORS_API_KEY";
    public const string DefaultNode = "http://localhost:5080";

    public Option<Uri?> Node { get; } = new("--node")
    {
        Description = $"The node's address. [env {NodeVariable}; default {DefaultNode}]",
        Recursive = true,
        CustomParser = Parser.Guard<Uri?>(ParseNode),
    };

    public Option<ChainId?> Chain { get; } = new("--chain")
    {
        Description = $"The chain, where no account address names it. [env {ChainVariable}]",
        Recursive = true,
        CustomParser = Parser.Guard<ChainId?>(text => ChainId.Parse(text)),
    };

    public Option<string?> Token { get; } = new("--token")
    {
        Description = $"Bearer token: the node's admin token or a JWT. [env {TokenVariable}]",
        Recursive = true,
        DefaultValueFactory = _ => Variable(TokenVariable),
    };

    public Option<string?> ApiKey { get; } = new("--api-key")
    {
        Description = $"API key. [env {ApiKeyVariable}]",
        Recursive = true,
        DefaultValueFactory = _ => Variable(ApiKeyVariable),
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Answer with one JSON object on stdout.", Recursive = true };

    public Option<TimeSpan?> Wait { get; } = new("--wait")
    {
        Description = "How long to go on asking and resending the same bytes while the node is busy or away; given, it also waits for a node that is not there yet. [default: 30s]",
        Recursive = true,
        CustomParser = Parser.Guard<TimeSpan?>(text => Instant.ParseSpan(text)),
    };

    public IEnumerable<Option> All => [Node, Chain, Token, ApiKey, Json, Wait];

    /// <summary>The genesis hash that a verifier holds; signing commands refuse a node whose chain has another.</summary>
    public static Option<Hash256?> Genesis(string description) => Parser.Optional<Hash256?>("--genesis", description, text => Hash256.Parse(text));

    /// <exception cref="FormatException">It is no absolute http or https address.</exception>
    public static Uri ParseNode(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        ? uri
        : throw new FormatException($"'{text}' is not a node address: expected one like {DefaultNode}");

    public static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
