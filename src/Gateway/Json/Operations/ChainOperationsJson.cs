using Actors.Ledger;
using Actors.Ledger.Chains;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;

namespace Actors.Gateway.Json.Operations;

internal sealed record ChangeSealingKeyJson(PublicKey Key) : OperationJson
{
    public static ChangeSealingKeyJson From(ChangeSealingKey operation) => new(operation.Key) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ChangeSealingKey(Key, Linked);
}

internal sealed record ChangeOperatorJson(EntityReference Keyset) : OperationJson
{
    public static ChangeOperatorJson From(ChangeOperator operation) => new(operation.Keyset) { Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => new ChangeOperator(Keyset, Linked);
}
