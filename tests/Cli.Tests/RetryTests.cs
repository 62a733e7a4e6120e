using System.Net;
using System.Text;
using Actors.Cli.Client;
using Actors.Ledger;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Tests;

/// <summary>What passes is tried again with the same bytes, for as long as was asked and no longer.</summary>
public sealed class RetryTests
{
    private const string Committed = """{"id":"ab","outcome":0,"outcomeName":"Committed","recorded":true,"alreadyCommitted":false,"height":"7","index":0,"time":"5","operations":[]}""";
    private static readonly ChainId Demo = ChainId.Parse("demo");
    private static readonly byte[] Envelope = [1, 2, 3];
    private readonly ScriptedNode _node = new();
    private readonly SkippingClock _clock = new();

    [Fact]
    public async Task A_full_node_is_sent_the_same_bytes_again_after_the_pause_it_asked_for()
    {
        _node.Answers.Enqueue(() => Problem(HttpStatusCode.TooManyRequests, "overloaded", retryAfterSeconds: 3));
        _node.Answers.Enqueue(() => Problem(HttpStatusCode.ServiceUnavailable, "writes-stopped", retryAfterSeconds: 5));
        _node.Answers.Enqueue(() => Json(HttpStatusCode.Created, Committed));
        var answer = await Client().SubmitAsync(Demo, Envelope, default);
        Assert.Equal(7ul, answer.Value.Height);
        Assert.Equal(3, _node.Bodies.Count);
        Assert.All(_node.Bodies, body => Assert.Equal(Envelope, body));
        Assert.Equal([TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)], _clock.Pauses);
    }

    [Fact]
    public async Task An_unknown_outcome_and_a_broken_connection_are_tried_again()
    {
        _node.Answers.Enqueue(() => Problem(HttpStatusCode.GatewayTimeout, "outcome-unknown"));
        _node.Answers.Enqueue(() => throw new HttpRequestException(HttpRequestError.ResponseEnded));
        _node.Answers.Enqueue(() => throw new TaskCanceledException("too slow"));
        _node.Answers.Enqueue(() => throw new HttpRequestException(HttpRequestError.ConnectionError));
        _node.Answers.Enqueue(() => Json(HttpStatusCode.OK, Committed));
        Assert.Equal(Outcome.Committed, (await Client().SubmitAsync(Demo, Envelope, default)).Value.Outcome);
        Assert.Equal(5, _node.Bodies.Count);
    }

    [Fact]
    public async Task Patience_ends()
    {
        for (var i = 0; i < 100; i++)
        {
            _node.Answers.Enqueue(() => Problem(HttpStatusCode.TooManyRequests, "overloaded", retryAfterSeconds: 4));
        }

        var problem = await Assert.ThrowsAsync<NodeProblemException>(() => Client().SubmitAsync(Demo, Envelope, default));
        Assert.Equal("overloaded", problem.Type);
        Assert.Equal(7, _clock.Pauses.Count);
    }

    [Fact]
    public async Task A_node_that_was_never_reached_is_not_waited_for()
    {
        _node.Answers.Enqueue(() => throw new HttpRequestException(HttpRequestError.ConnectionError));
        await Assert.ThrowsAsync<HttpRequestException>(() => Client().SubmitAsync(Demo, Envelope, default));
        Assert.Single(_node.Bodies);
    }

    [Theory]
    [InlineData(HttpStatusCode.UnprocessableEntity, "BadSignature", Outcome.BadSignature)]
    [InlineData(HttpStatusCode.Gone, "Expired", Outcome.Expired)]
    public async Task A_refusal_is_final(HttpStatusCode status, string name, Outcome outcome)
    {
        _node.Answers.Enqueue(() => Json(status, $$"""{"type":"urn:actors:outcome:{{name}}","title":"{{name}}","detail":"why","outcome":{{(int)outcome}},"outcomeName":"{{name}}","recorded":false}"""));
        var refusal = await Assert.ThrowsAsync<RefusedException>(() => Client().SubmitAsync(Demo, Envelope, default));
        Assert.Equal(outcome, refusal.Outcome);
        Assert.Contains($"{name} ({(int)outcome}): why", refusal.Message);
    }

    [Fact]
    public async Task A_refusal_on_record_is_an_answer()
    {
        _node.Answers.Enqueue(() => Json(HttpStatusCode.Conflict, """{"type":"urn:actors:outcome:BelowFloor","title":"BelowFloor","outcome":331,"operation":0,"recorded":true,"height":"9","id":"ab","operations":[]}"""));
        var answer = (await Client().SubmitAsync(Demo, Envelope, default)).Value;
        Assert.Equal((Outcome.BelowFloor, 9ul), (answer.Outcome, answer.Height));
    }

    [Fact]
    public async Task What_is_no_node_is_said()
    {
        _node.Answers.Enqueue(() => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("<html>") });
        await Assert.ThrowsAsync<CannotRunException>(() => Client().GetChainAsync(Demo, default));
    }

    private NodeClient Client() => new(
        new HttpClient(_node) { BaseAddress = new Uri("http://node/") }, null, null, new RetryPolicy(TimeSpan.FromSeconds(30)) { Clock = _clock });

    private static HttpResponseMessage Json(HttpStatusCode status, string body) => new(status)
    {
        Content = new StringContent(body, Encoding.UTF8, (int)status < 300 ? "application/json" : "application/problem+json"),
    };

    private static HttpResponseMessage Problem(HttpStatusCode status, string type, int? retryAfterSeconds = null)
    {
        var response = Json(status, $$"""{"type":"urn:actors:problem:{{type}}","title":"{{type}}","detail":"later"}""");
        if (retryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = new(TimeSpan.FromSeconds(seconds));
        }

        return response;
    }

    /// <summary>Answers as the test wrote down, and keeps what it was sent.</summary>
    private sealed class ScriptedNode : HttpMessageHandler
    {
        public Queue<Func<HttpResponseMessage>> Answers { get; } = new();

        public List<byte[]> Bodies { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Bodies.Add(request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken));
            return Answers.Dequeue()();
        }
    }

    /// <summary>A clock on which every pause is over at once, and which is that much later then.</summary>
    private sealed class SkippingClock : TimeProvider
    {
        private long _now;

        public List<TimeSpan> Pauses { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Pauses.Add(dueTime);
            _now += dueTime.Ticks;
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
