namespace Actors.Ledger.State;

/// <summary>Marks the pages that a reader beside the writer still needs unchanged, until it releases them.</summary>
internal sealed class Capture
{
    private volatile bool _released;

    public bool Released => _released;

    public void Release() => _released = true;
}
