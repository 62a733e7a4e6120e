using Actors.Ledger;

namespace Actors.Gateway.Access;

/// <summary>Finds out who calls and whether the route is for them, before anything of the request is looked at.</summary>
internal sealed class AccessCheck(RequestDelegate next, Credentials credentials)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/v1"))
        {
            await next(context);
            return;
        }

        var caller = await credentials.FindCallerAsync(context.Request.Headers.Authorization, context.RequestAborted);
        context.Features.Set(caller);
        if (context.GetEndpoint() is RouteEndpoint endpoint)
        {
            var need = endpoint.Metadata.GetMetadata<NeedMetadata>()?.Need ?? throw new InvalidOperationException($"the route {endpoint.DisplayName} does not say what it needs of its caller");
            Require(caller, need, context.Request.RouteValues["chain"] as string);
        }

        await next(context);
    }

    private static void Require(Caller caller, Need need, string? chain)
    {
        var readsChain = caller.ReadsAll || (ChainId.TryParse(chain, out var id) && caller.ReadsSomethingOf(id));
        var (allowed, scope) = need switch
        {
            Need.Caller => (true, ""),
            Need.Admin => (caller.Has(Scope.Admin), "admin"),
            Need.Submit => (caller.Has(Scope.Submit), "submit"),
            Need.Chain => (caller.Has(Scope.Submit | Scope.Admin) || readsChain, "read-all, submit, or read-own for this chain"),
            Need.ReadChain or Need.ReadConcerned => (readsChain, "read-all, or read-own for this chain"),
            _ => (caller.ReadsAll, "read-all"),
        };
        if (!allowed)
        {
            throw Caller.Forbidden($"'{caller.Name}' may not do this; it needs the scope {scope}");
        }
    }
}
