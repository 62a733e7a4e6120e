using System.Diagnostics.Metrics;
using Actors.Gateway.Problems;

namespace Actors.Gateway.Telemetry;

/// <summary>What the gateway counts itself; requests, connections and their durations are counted by ASP.NET Core's own meters.</summary>
internal sealed class GatewayMetrics
{
    public const string Name = "Actors.Gateway";
    private readonly Counter<long> _answers;
    private readonly UpDownCounter<long> _streams;
    private readonly UpDownCounter<long> _eventStreams;

    public GatewayMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Name);
        _answers = meter.CreateCounter<long>("actors.gateway.answers", "{transaction}", "Transactions answered, by the status that each had or would have had alone.");
        _streams = meter.CreateUpDownCounter<long>("actors.gateway.streams", "{stream}", "Open transaction streams.");
        _eventStreams = meter.CreateUpDownCounter<long>("actors.gateway.event_streams", "{stream}", "Open event streams.");
    }

    public void Answered(Answer answer) => _answers.Add(1, new KeyValuePair<string, object?>("status", answer.Status));

    public void StreamOpened() => _streams.Add(1);

    public void StreamClosed() => _streams.Add(-1);

    public void EventStreamOpened() => _eventStreams.Add(1);

    public void EventStreamClosed() => _eventStreams.Add(-1);
}
