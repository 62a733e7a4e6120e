using System.Reflection;
using Actors.Engine;
using Actors.Gateway.Access;
using Actors.Gateway.Hosting;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.Features;

namespace Actors.Gateway.Chains;

/// <summary>What every route of a chain starts from: the chain named in the path, and who asks.</summary>
internal sealed record ChainRequest(ILedgerChain Chain, Caller Caller, HttpContext Context)
{
    public ChainId Id => Chain.Genesis.ChainId;

    public CancellationToken Cancellation => Context.RequestAborted;

    /// <summary>Called by the framework for a handler's parameter of this type.</summary>
    /// <exception cref="RefusedException">There is no such chain.</exception>
    public static async ValueTask<ChainRequest?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var host = context.RequestServices.GetRequiredService<NodeHost>();
        var node = HttpMethods.IsGet(context.Request.Method) ? host.Node : host.NodeForIntake;
        var text = (string?)context.Request.RouteValues["chain"];
        var chain = ChainId.TryParse(text, out var id) ? await node.FindChainAsync(id, context.RequestAborted) : null;
        return chain is null
            ? throw new RefusedException(ProblemKind.ChainNotFound, $"there is no chain '{text}' here")
            : new ChainRequest(chain, context.Features.GetRequiredFeature<Caller>(), context);
    }
}
