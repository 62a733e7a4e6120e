using Actors.Engine.Stores;

namespace Actors.Engine.Chains;

/// <summary>A read that runs on a chain's loop, between blocks.</summary>
internal interface ILoopRead
{
    /// <summary>Answers it; what stops the chain is thrown and leaves it unanswered.</summary>
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
        catch (StoreUnavailableException fault)
        {
            _answer.TrySetException(EngineFaults.Translate(fault));
        }
    }

    public void Fail(Exception fault) => _answer.TrySetException(fault);
}
