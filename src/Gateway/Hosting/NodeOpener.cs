using Actors.Engine;

namespace Actors.Gateway.Hosting;

/// <summary>
/// Opens the node that the gateway serves: the embedded engine, or a cluster's. If what it returns is <see cref="IAsyncDisposable"/> it is
/// disposed at stop, after the last request.
/// </summary>
internal delegate ValueTask<ILedgerNode> NodeOpener(CancellationToken cancellation);
