using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Terminals;

/// <summary>The node and the chain that a session is about.</summary>
internal static class SessionNode
{
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    /// <summary>The node, where one request may take <paramref name="answerMax"/>, a minute if not given.</summary>
    public static NodeClient Node(this Session session, CommonOptions common, TimeSpan? answerMax = null) =>
        session.Node(common, session.NodeAddress(common), session.Find(common.Token), session.Find(common.ApiKey), answerMax);

    /// <summary>Another node, with credentials of its own.</summary>
    public static NodeClient Node(this Session session, CommonOptions common, Uri address, string? token, string? apiKey, TimeSpan? answerMax = null)
    {
        var uri = address.AbsoluteUri;
        var http = new HttpClient { BaseAddress = new Uri(uri.EndsWith('/') ? uri : uri + "/"), Timeout = answerMax ?? AnswerMax };
        var retries = new RetryPolicy(session.Patience(common)) { AwaitsFirstContact = session.Has(common.Wait) };
        return new NodeClient(http, ReadCredential(token), ReadCredential(apiKey), retries);
    }

    /// <summary>How long to go on asking.</summary>
    public static TimeSpan Patience(this Session session, CommonOptions common) => session.Find(common.Wait) ?? PatienceMax;

    public static Uri NodeAddress(this Session session, CommonOptions common)
    {
        try
        {
            return session.Find(common.Node) ?? CommonOptions.ParseNode(CommonOptions.Variable(CommonOptions.NodeVariable) ?? CommonOptions.DefaultNode);
        }
        catch (FormatException fault)
        {
            throw new CannotRunException($"{CommonOptions.NodeVariable}: {fault.Message}", fault);
        }
    }

    public static ChainId Chain(this Session session, CommonOptions common) => session.FindChain(common)
        ?? throw new CannotRunException($"which chain? Give --chain or set {CommonOptions.ChainVariable}");

    /// <summary>The chain of an address; what --chain says must agree.</summary>
    public static ChainId Chain(this Session session, CommonOptions common, params ReadOnlySpan<Address> addresses)
    {
        var chain = session.Has(common.Chain) ? session.Chain(common) : addresses[0].Chain;
        foreach (var address in addresses)
        {
            if (address.Chain != chain)
            {
                throw new CannotRunException($"account {address} is on another chain than {chain}");
            }
        }

        return chain;
    }

    /// <summary>The one credential for work that needs admin rights too; null when none is given.</summary>
    public static string? Credential(this Session session, CommonOptions common) => ReadCredential(session.Find(common.Token) ?? session.Find(common.ApiKey));

    /// <summary>The chain that --chain or the environment names; null when neither does.</summary>
    public static ChainId? FindChain(this Session session, CommonOptions common)
    {
        if (session.Find(common.Chain) is { } given)
        {
            return given;
        }

        return CommonOptions.Variable(CommonOptions.ChainVariable) is not { } text ? null
            : ChainId.TryParse(text, out var id) ? id
            : throw new CannotRunException($"{CommonOptions.ChainVariable} is '{text}', which is not a chain id");
    }

    /// <summary>A credential as typed, or with @ before it the file that holds it.</summary>
    public static string? ReadCredential(string? typed) => typed is ['@', .. var file] ? File.ReadAllText(file).Trim() : typed;
}
