using System.Net;
using Actors.Cli.Client;
using Actors.Engine.Faults;
using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Cli.Relays;

/// <summary>
/// One of the two nodes that a relay joins. Tries nothing twice: the relay does that, since only it knows whether it still makes sense.
/// </summary>
internal sealed class RelayNode : IDisposable
{
    private const int AnswerBytesMax = 16 << 20;

    /// <summary>Longer than a request waits at the node, for something to carry or for its block.</summary>
    private static readonly TimeSpan AnswerMax = TimeSpan.FromSeconds(100);
    private static readonly TimeSpan ConnectMax = TimeSpan.FromSeconds(5);

    /// <summary>So that a node that moved is found where it is now.</summary>
    private static readonly TimeSpan ConnectionLifeMax = TimeSpan.FromMinutes(10);
    private readonly HttpClient _http;
    private readonly NodeClient _client;
    private readonly Dictionary<ChainId, Genesis> _geneses = [];

    public RelayNode(Uri address, string? credential)
    {
        Address = address;
        var root = address.AbsoluteUri;
        var handler = new SocketsHttpHandler { ConnectTimeout = ConnectMax, PooledConnectionLifetime = ConnectionLifeMax };
        _http = new HttpClient(handler) { BaseAddress = new Uri(root.EndsWith('/') ? root : root + "/"), Timeout = AnswerMax, MaxResponseContentBufferSize = AnswerBytesMax };
        _client = new NodeClient(_http, credential, null, new RetryPolicy(TimeSpan.Zero));
    }

    public Uri Address { get; }

    public async Task<IReadOnlyList<ChainId>> ListChainsAsync(CancellationToken cancellation) =>
        [.. (await CallAsync(client => client.ListChainsAsync(cancellation), cancellation)).Select(ChainId.Parse)];

    /// <summary>It never changes, so it is asked for once.</summary>
    public async Task<Genesis> GenesisAsync(ChainId chain, CancellationToken cancellation)
    {
        if (!_geneses.TryGetValue(chain, out var genesis))
        {
            _geneses.Add(chain, genesis = await CallAsync(client => client.GetGenesisAsync(chain, cancellation), cancellation));
        }

        return genesis;
    }

    /// <summary>Calls the node; whatever may pass by itself becomes a fault of the engine, as if the chain were in this process.</summary>
    /// <exception cref="UnreachableException">The node is not there, busy, or its answer is none.</exception>
    /// <exception cref="NodeProblemException">It refuses the request, and always will.</exception>
    public async Task<T> CallAsync<T>(Func<NodeClient, Task<T>> call, CancellationToken cancellation)
    {
        try
        {
            return await call(_client);
        }
        catch (NodeProblemException problem) when (problem.IsPassing || problem.Status >= HttpStatusCode.InternalServerError)
        {
            throw Unreachable(problem.Message, problem);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw Unreachable(fault is OperationCanceledException ? "no answer in time" : fault.Message, fault);
        }
        catch (Exception fault) when (fault is MalformedException or CannotRunException or FormatException)
        {
            throw Unreachable($"{nameof(Outcome.Malformed)}: {fault.Message}", fault);
        }
    }

    public void Dispose() => _http.Dispose();

    private UnreachableException Unreachable(string why, Exception fault) => new($"{Address}: {why.ReplaceLineEndings(" ")}", fault);
}
