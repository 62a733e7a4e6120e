using Actors.Engine.Stores;
using Actors.Ledger.State;

namespace Actors.Engine.Chains;

/// <summary>A read that runs on a chain's loop, between blocks.</summary>
internal interface ILoopRead
{
    void Run(ChainCore core);

    void Fail(Exception fault);
}

internal sealed class LoopRead<T>(Func<ChainCore, T> read) : ILoopRead
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    public void Run(ChainCore core)
    {
        try
        {
            _answer.TrySetResult(read(core));
        }
        catch (Exception fault) when (fault is StoreException or BrokenInvariantException)
        {
            _answer.TrySetException(EngineFaults.Translate(fault));
            if (fault is not StoreUnavailableException)
            {
                throw;
            }
        }
    }

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}
