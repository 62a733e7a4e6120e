using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Transactions;

/// <summary>
/// The way of every signing command: ask the node for the chain's genesis, compose, sign, keep the bytes if asked, submit, say
/// what became of it.
/// </summary>
internal sealed class Submission(CommonOptions common, SigningOptions signing)
{
    public async Task<int> RunAsync(Session session, ChainId chain, Action<TransactionBuilder> compose, CancellationToken cancellation)
    {
        using var keys = signing.Read(session);
        var node = session.Node(common);
        return await RunAsync(session, node, chain, keys, compose, cancellation);
    }

    public async Task<int> RunAsync(Session session, NodeClient node, ChainId chain, SigningKeys keys, Action<TransactionBuilder> compose, CancellationToken cancellation)
    {
        var (transaction, envelope) = await SignAsync(session, node, chain, keys, compose, cancellation);
        return await SendAsync(session, node, chain, transaction, envelope, cancellation);
    }

    /// <summary>Composes, signs, and keeps the bytes if asked.</summary>
    public async Task<(Transaction Transaction, byte[] Envelope)> SignAsync(Session session, NodeClient node, ChainId chain, SigningKeys keys, Action<TransactionBuilder> compose, CancellationToken cancellation)
    {
        var genesis = await node.GetGenesisAsync(chain, cancellation);
        RequireExpected(genesis, session.Find(signing.Genesis));
        var builder = new TransactionBuilder(genesis.Hash);
        compose(builder);
        var expiry = DateTimeOffset.UtcNow + (session.Find(signing.ExpiresIn) ?? SigningOptions.ExpiresInDefault);
        var transaction = builder.Build(new Timestamp((ulong)expiry.ToUnixTimeMilliseconds()));
        var envelope = builder.Sign(transaction, keys.All);
        if (session.Find(signing.Save) is { } file)
        {
            await File.WriteAllBytesAsync(file, envelope, cancellation);
        }

        return (transaction, envelope);
    }

    /// <summary>Submits signed bytes and reports; shared with the command that sends kept ones again.</summary>
    public static async Task<int> SendAsync(Session session, NodeClient node, ChainId chain, Transaction transaction, ReadOnlyMemory<byte> envelope, CancellationToken cancellation) =>
        TransactionReport.Write(session, chain, transaction, await SubmitAsync(node, chain, transaction, envelope, cancellation));

    /// <exception cref="CannotRunException">It is not known whether it is recorded; the message says how to find out.</exception>
    public static async Task<Answered<TransactionAnswer>> SubmitAsync(NodeClient node, ChainId chain, Transaction transaction, ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        try
        {
            return await node.SubmitAsync(chain, envelope, cancellation);
        }
        catch (Exception fault) when (IsOutcomeUnknown(fault) && !cancellation.IsCancellationRequested)
        {
            throw new CannotRunException($"outcome unknown: {fault.Message}. Transaction {transaction.Id} may or may not be recorded; ask with 'actors transaction show {transaction.Id}', or send the same bytes again", fault);
        }
    }

    private static bool IsOutcomeUnknown(Exception fault) => fault switch
    {
        NodeProblemException problem => problem.Type == "outcome-unknown",
        HttpRequestException connection => connection.HttpRequestError is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError),
        TaskCanceledException => true,
        _ => false,
    };

    private static void RequireExpected(Genesis genesis, Hash256? expected)
    {
        if (expected is { } hash && genesis.Hash != hash)
        {
            throw new RefusedException(Outcome.WrongChain, $"the node's chain {genesis.ChainId} has genesis {genesis.Hash}, expected {hash}; nothing was signed");
        }
    }
}
