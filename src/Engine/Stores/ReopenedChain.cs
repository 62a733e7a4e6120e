namespace Actors.Engine.Stores;

/// <summary>A chain that an operator opened to go on from what its store still has.</summary>
/// <param name="Store">The chain; whoever reopened it disposes it.</param>
/// <param name="Noted">The head that is noted beside the store and that the store does not have; null when it has all that is noted.</param>
/// <param name="Accept">
/// Forgets <paramref name="Noted"/> and notes the head that the store has now, which MUST say what was lost. Durable on return; from then on anybody
/// opens the chain.
/// </param>
public sealed record ReopenedChain(IChainStore Store, NotedHead? Noted, Action Accept);
