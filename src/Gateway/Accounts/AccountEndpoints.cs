using Actors.Engine.Views;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Ledger;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Actors.Gateway.Accounts;

internal static class AccountEndpoints
{
    public static void MapAccounts(this RouteGroupBuilder v1)
    {
        v1.MapGet("/chains/{chain}/accounts/{account}", ShowAsync).WithName("ShowAccount").Needs(Need.ReadConcerned).WithSummary("An account by number or address.");
        v1.MapGet("/chains/{chain}/accounts/by-alias", ShowByAliasAsync).WithName("ShowAccountByAlias").Needs(Need.ReadConcerned).WithSummary("An account by its owner keyset and alias.");
        v1.MapGet("/chains/{chain}/accounts/{account}/proof", ProveAsync).WithName("ProveAccount").Needs(Need.ReadConcerned)
            .Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .WithSummary("The record-proof file of an account, to be checked offline: touched, untouched or not existing.");
    }

    /// <exception cref="RefusedException">There is none, or it concerns none of the caller's keysets.</exception>
    public static async ValueTask<AccountView> RequireAsync(ChainRequest request, AccountNumber number, bool current)
    {
        var account = await request.Chain.GetAccountAsync(number, current, request.Cancellation);
        request.Caller.RequireReads(request.Id, account is null ? [] : [account.Owner]);
        return account ?? throw new RefusedException(ProblemKind.AccountNotFound, $"chain '{request.Id}' has no account {number}");
    }

    private static async Task<Ok<AccountJson>> ShowAsync(ChainRequest request, string account, string? current)
    {
        var number = Parameters.ParseAccount(account, request.Id);
        return TypedResults.Ok(AccountJson.From(request.Id, await RequireAsync(request, number, Parameters.ParseFlag(current, "current"))));
    }

    private static async Task<Ok<AccountJson>> ShowByAliasAsync(ChainRequest request, string? keyset, string? alias)
    {
        var owner = TextForms.Keyset.Parse(keyset ?? "", "keyset");
        request.Caller.RequireReads(request.Id, owner);
        var number = alias is null or "" or { Length: > Limits.AliasBytesMax } ? null : await request.Chain.FindAliasAsync(owner, alias, request.Cancellation);
        return number is { } found
            ? TypedResults.Ok(AccountJson.From(request.Id, await RequireAsync(request, found, current: false)))
            : throw new RefusedException(ProblemKind.AliasNotFound, $"keyset {owner} has no account with that alias");
    }

    private static async Task<BinaryFile> ProveAsync(ChainRequest request, string account)
    {
        var number = Parameters.ParseAccount(account, request.Id);
        await RequireMayProveAsync(request, number);
        return new BinaryFile(await request.Chain.ProveAccountAsync(number, request.Cancellation), $"{request.Id}.{number}.proof");
    }

    /// <summary>
    /// A proof shows a whole leaf of records, and of an untouched account a leaf of ranges. Who reads only its own gets it when the leaf shows no
    /// account of anybody else.
    /// </summary>
    private static async ValueTask RequireMayProveAsync(ChainRequest request, AccountNumber number)
    {
        if (request.Caller.ReadsAll)
        {
            return;
        }

        var account = await RequireAsync(request, number, current: false);
        var leafRecords = (ulong)request.Chain.Genesis.Settings.LeafRecords;
        var shown = account.LastBlock.Value > 0 || leafRecords == 1;
        var first = ((number.Value - 1) / leafRecords * leafRecords) + 1;
        for (var neighbour = first; shown && neighbour < first + leafRecords; neighbour++)
        {
            var other = await request.Chain.GetAccountAsync(new AccountNumber(neighbour), current: false, request.Cancellation);
            shown = other is null || request.Caller.Reads(request.Id, other.Owner);
        }

        if (!shown)
        {
            throw Caller.Forbidden($"a proof shows the {leafRecords} records under one leaf, and not all of these are yours; it needs the scope read-all");
        }
    }
}
