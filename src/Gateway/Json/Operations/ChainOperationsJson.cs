using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Json.Operations;

internal sealed record ChangeSealingKeyJson(PublicKey Key, LostBlocksJson? Lost = null) : OperationJson
{
    public static ChangeSealingKeyJson From(ChangeSealingKey operation) =>
        new(operation.Key, operation.Lost is { } lost ? new LostBlocksJson(lost.First, lost.Count, lost.Header) : null) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ChangeSealingKey(Key, Lost is { } lost ? new LostBlocks(lost.First, lost.Count, lost.Header) : null, Linked);
}

internal sealed record LostBlocksJson(ulong First, uint Count, Hash256 Header);

internal sealed record ChangeOperatorJson(EntityReference Keyset) : OperationJson
{
    public static ChangeOperatorJson From(ChangeOperator operation) => new(operation.Keyset) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ChangeOperator(Keyset, Linked);
}
