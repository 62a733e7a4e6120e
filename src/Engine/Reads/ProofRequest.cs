using Actors.Ledger;
using Actors.Ledger.Proofs;

namespace Actors.Engine.Reads;

/// <summary>Somebody waits for a proof of an account as of a block that carries its own state root.</summary>
internal sealed class ProofRequest(AccountNumber account)
{
    private readonly TaskCompletionSource<byte[]> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AccountNumber Account => account;

    public Task<byte[]> Answer => _answer.Task;

    /// <summary>Makes the file once the block is durable; set while the state still stands at that block.</summary>
    public Func<Anchor, byte[]>? Complete { get; set; }

    public void Finish(Anchor anchor) => _answer.TrySetResult(Complete!(anchor));

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}
