using Actors.Ledger.Blocks;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Routes;

/// <summary>
/// Bounds the value that leaves, and the value that arrives, over a route within an hour; 0 for no bound. Refunds are never bounded. Signed
/// by the operator.
/// </summary>
public readonly record struct LimitRoute(uint Route, long ValuePerHour, bool Linked = false) : IOperation<LimitRoute>
{
    public OperationType Type => OperationType.LimitRoute;

    static LimitRoute IOperation<LimitRoute>.Read(ref WireReader reader, OperationFlags flags) =>
        new((uint)reader.Varint(1, uint.MaxValue, "route"), AmountCodec.Read(ref reader), flags.Linked);

    void IOperation<LimitRoute>.Check(OperationStructure structure)
    {
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked);
        writer.Varint(Route);
        AmountCodec.Write(writer, ValuePerHour);
    }
}

internal sealed class LimitRouteKind : OperationKind<LimitRoute>
{
    public override OperationType Type => OperationType.LimitRoute;

    protected override void Authorize(in LimitRoute operation, AuthorityPass pass) => pass.RequireOperator();

    protected override Outcome Execute(in LimitRoute operation, TransactionExecution execution)
    {
        var routes = execution.State.Routes;
        if (!routes.Exists(operation.Route))
        {
            return Outcome.RouteNotFound;
        }

        routes.Write(operation.Route).LimitPerHour = operation.ValuePerHour;
        return Outcome.Committed;
    }
}
