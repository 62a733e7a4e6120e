using Actors.Cli.Client;
using Actors.Ledger;

namespace Actors.Cli.Bench;

/// <summary>A node over one HTTP stream that carries every transaction; the accounts are set up one request at a time.</summary>
internal sealed class HttpStreamTarget(Uri node, string? credential, int connectionsMax, GatewayProcess? own, bool isBeside = false) : HttpTarget(node, credential, connectionsMax, own, isBeside)
{
    private const int TooManyRequests = 429;
    private const int ServiceUnavailable = 503;
    private const int GatewayTimeout = 504;
    private static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(20);
    private EnvelopeStream? _stream;

    public override string Description => base.Description.Replace("one transaction a request", "one stream a chain", StringComparison.Ordinal);

    public override IBenchTarget Beside() => new HttpStreamTarget(Node, Credential, ConnectionsMax, Own, isBeside: true);

    public override async Task OpenChainAsync(ChainId id, CancellationToken cancellation)
    {
        await base.OpenChainAsync(id, cancellation);
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        _stream = await EnvelopeStream.OpenAsync(Node, id, Credential, cancellation);
    }

    public override async ValueTask<Acknowledgement> SubmitAsync(ReadOnlyMemory<byte> envelope, CancellationToken cancellation)
    {
        if (_stream is null)
        {
            return await base.SubmitAsync(envelope, cancellation);
        }

        while (true)
        {
            var answer = await _stream.SubmitAsync(envelope);
            if (answer.Outcome is { } outcome)
            {
                return new Acknowledgement(outcome, answer.Refused, answer.Detail);
            }

            if (answer.Status is not (TooManyRequests or ServiceUnavailable or GatewayTimeout))
            {
                throw new CannotRunException($"the node answered a transaction with status {answer.Status}: {answer.Detail}");
            }

            await Task.Delay(PauseWhenFull, cancellation);
        }
    }

    public override async ValueTask DisposeAsync()
    {
        if (_stream is not null)
        {
            await _stream.DisposeAsync();
        }

        await base.DisposeAsync();
    }
}
