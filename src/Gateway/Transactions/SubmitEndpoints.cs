using Actors.Gateway.Access;
using Actors.Gateway.Chains;
using Actors.Gateway.Channels;
using Actors.Gateway.Hosting;
using Actors.Gateway.Json;
using Actors.Gateway.Problems;
using Actors.Gateway.Settings;
using Actors.Gateway.Telemetry;
using Actors.Ledger.Transactions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Actors.Gateway.Transactions;

internal static class SubmitEndpoints
{
    public static void MapSubmissions(this RouteGroupBuilder v1)
    {
        v1.MapPost("/chains/{chain}/transactions", SubmitAsync).WithName("SubmitTransaction").Needs(Need.Submit)
            .Accepts<SubmissionJson>(Accepts.Json, Accepts.Binary)
            .Produces<ResultJson>(StatusCodes.Status201Created).Produces<ResultJson>().Produces<QueuedJson>(StatusCodes.Status202Accepted)
            .ProducesProblems(409, 410, 413, 422, 429, 503, 504)
            .WithSummary("Submits a signed transaction and answers when its block is durable; with Prefer: respond-async as soon as it is queued, with Prefer: wait=N after so many seconds at most.");
        v1.MapPost("/chains/{chain}/encode", EncodeAsync).WithName("EncodeTransaction").Needs(Need.Submit)
            .Accepts<UnsignedJson>(Accepts.Json).Produces<EncodedJson>().Produces<byte[]>(StatusCodes.Status200OK, Accepts.Binary)
            .ProducesProblems(413, 429)
            .WithSummary("The canonical bytes of a transaction, for signing. Accept: application/octet-stream gives the signed bytes alone.");
    }

    private static async Task<IResult> SubmitAsync(ChainRequest request, InFlightLimits limits, IOptions<GatewayOptions> options, GatewayMetrics metrics, ILoggerFactory loggers)
    {
        var context = request.Context;
        using var lease = limits.IntakeBytes.Take(RequestBody.BytesToTake(context.Request, SubmissionLimits.EnvelopeBytesMax));
        var envelope = await ReadEnvelopeAsync(request, limits);
        var wait = TimeSpan.FromMilliseconds(options.Value.Http.CommitWaitMs);
        if (WaitPreference.Of(context.Request, wait) is { } preference)
        {
            return await Submission.QueueAsync(request.Chain, envelope, preference.Wait, loggers.CreateLogger(typeof(Submission)), request.Cancellation) is { } known
                ? Counted(known)
                : Queued(request, envelope, preference);
        }

        using var activity = GatewayActivities.StartSubmission();
        var answer = await Submission.SubmitAsync(request.Chain, envelope, wait, request.Cancellation);
        activity.Answered(answer);
        return Counted(answer);

        AnswerResult Counted(Answer counted)
        {
            metrics.Answered(counted);
            return new AnswerResult(counted, request.Id);
        }
    }

    private static async Task<IResult> EncodeAsync(ChainRequest request, InFlightLimits limits)
    {
        var genesis = request.Chain.Genesis;
        var typed = await JsonBody.ReadAsync<UnsignedJson>(request.Context, limits);
        var unsigned = await TransfersAcross.ResolveAsync(request.Chain, typed, request.Cancellation);
        var transaction = unsigned.ToTransaction(genesis.Hash, genesis.ChainId);
        return Accepts.Prefers(request.Context.Request, Accepts.Binary, Accepts.Json)
            ? new BinaryFile(transaction.SignedMessage, $"{transaction.Id}.signed-bytes")
            : TypedResults.Ok(EncodedJson.From(genesis.Hash, transaction) with { Operations = ReferenceEquals(unsigned, typed) ? null : unsigned.Operations });
    }

    private static async ValueTask<byte[]> ReadEnvelopeAsync(ChainRequest request, InFlightLimits limits)
    {
        if (Accepts.Is(request.Context.Request, Accepts.Binary))
        {
            return await RequestBody.ReadAsync(request.Context, SubmissionLimits.EnvelopeBytesMax);
        }

        var genesis = request.Chain.Genesis;
        var typed = await JsonBody.ReadAsync<SubmissionJson>(request.Context, limits);
        return (await TransfersAcross.ResolveAsync(request.Chain, typed, request.Cancellation)).ToEnvelope(genesis.Hash, genesis.ChainId);
    }

    private static Accepted<QueuedJson> Queued(ChainRequest request, byte[] envelope, in WaitPreference preference)
    {
        var id = Submission.IdOf(request.Chain, envelope) ?? throw new RefusedException(Outcome.Malformed, "the envelope has no transaction id");
        if (preference.Applied is { } applied)
        {
            request.Context.Response.Headers["Preference-Applied"] = applied;
        }

        return TypedResults.Accepted(AnswerResult.StatusUrl(request.Id, id), new QueuedJson(id, "queued"));
    }
}

internal sealed record QueuedJson(TransactionId Id, string Status);
