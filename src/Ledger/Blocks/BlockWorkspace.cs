using Actors.Ledger.Operations;
using Actors.Ledger.State;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Blocks;

/// <summary>
/// What making a block needs and the next block can use again: before-images, the parts of the body, and the two passes over
/// transactions. A block holds it from its beginning until it is committed or taken back.
/// </summary>
internal sealed class BlockWorkspace(ChainState state)
{
    private const int BytesAtFirst = 8 * 1024;

    public UndoLog Undo { get; } = new();

    public AuthorityPass Authority { get; } = new(state);

    public TransactionExecution Execution { get; } = new(state);

    public WireWriter Body { get; } = new(BytesAtFirst);

    public WireWriter Signed { get; } = new(BytesAtFirst);

    public WireWriter Signatures { get; } = new(BytesAtFirst);

    public WireWriter Effects { get; } = new(BytesAtFirst);

    public List<int> SignatureEnds { get; } = [];

    public List<int> EffectEnds { get; } = [];

    public void Clear()
    {
        Undo.Clear();
        Body.Clear();
        Signed.Clear();
        Signatures.Clear();
        Effects.Clear();
        SignatureEnds.Clear();
        EffectEnds.Clear();
    }
}
