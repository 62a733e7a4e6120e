using Actors.Engine.Stores.Sqlite;
using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Ledger;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Operating;

internal static class OperatingEndpoints
{
    private const int BackupNameCharactersMax = 64;

    public static void MapOperating(this RouteGroupBuilder v1)
    {
        v1.MapPost("/chains/{chain}/sealing-keys", PrepareSealingKeyAsync).WithName("PrepareSealingKey").Needs(Need.Admin)
            .WithSummary("Makes and keeps a sealing key, to be named in a change-sealing-key operation.");
        v1.MapPost("/chains/{chain}/backup", BackupAsync).WithName("BackUpChain").Needs(Need.Admin).Accepts<BackupRequestJson>(Accepts.Json).Produces<BackupJson>(StatusCodes.Status201Created)
            .ProducesProblems(409).WithSummary("Writes a consistent copy of the running chain under the data folder's backups.");
    }

    private static async Task<Created<SealingKeyJson>> PrepareSealingKeyAsync(ChainRequest request) =>
        TypedResults.Created((string?)null, new SealingKeyJson(await request.Chain.PrepareSealingKeyAsync(request.Cancellation)));

    private static async Task<Created<BackupJson>> BackupAsync(ChainRequest request, InFlightLimits limits, IOptions<GatewayOptions> options)
    {
        var name = (await JsonBody.ReadAsync<BackupRequestJson>(request.Context, limits)).Name;
        if (name.Length is 0 or > BackupNameCharactersMax || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
        {
            throw new RefusedException(Outcome.Malformed, $"'name' is not 1 to {BackupNameCharactersMax} of a-z 0-9 -");
        }

        var folder = BackupsFolder.Of(options.Value.DataFolder, request.Id.Value, name);
        if (Directory.Exists(folder))
        {
            throw new RefusedException(ProblemKind.BackupExists, $"there is a backup '{name}' of {request.Id} already");
        }

        await request.Chain.BackupAsync(folder, request.Cancellation);
        return TypedResults.Created((string?)null, new BackupJson(request.Id, name, folder));
    }
}

internal sealed record SealingKeyJson(PublicKey Key);

internal sealed record BackupRequestJson(string Name);

internal sealed record BackupJson(ChainId Chain, string Name, string Folder);
