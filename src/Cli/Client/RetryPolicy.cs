namespace Actors.Cli.Client;

/// <summary>
/// Goes on trying while the failure is a passing one and there is time left: 429, 503 with Retry-After, an outcome that is not
/// known yet, a connection that broke. Safe for whatever may be sent twice; a transaction may, since its bytes have one id.
/// </summary>
/// <param name="PatienceMax">From the first try to the start of the last one.</param>
public sealed record RetryPolicy(TimeSpan PatienceMax)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>
    /// Also wait for a node that was never reached. Otherwise that is more likely a wrong address than a restart, so it is said at once.
    /// </summary>
    public bool AwaitsFirstContact { get; init; }

    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, CancellationToken cancellation)
    {
        var start = Clock.GetTimestamp();
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await attempt(cancellation);
            }
            catch (Exception fault) when (IsPassing(fault, tries, cancellation))
            {
                var pause = PauseAfter(fault, tries);
                if (Clock.GetElapsedTime(start) + pause > PatienceMax)
                {
                    throw;
                }

                await Task.Delay(pause, Clock, cancellation);
            }
        }
    }

    private bool IsPassing(Exception fault, int tries, CancellationToken cancellation) => fault switch
    {
        NodeProblemException problem => problem.IsPassing,
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError } => false,
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => tries > 0 || AwaitsFirstContact,
        HttpRequestException or TaskCanceledException or HttpIOException => !cancellation.IsCancellationRequested,
        _ => false,
    };

    private static TimeSpan PauseAfter(Exception fault, int tries)
    {
        var grown = FirstPause * Math.Pow(2, Math.Min(tries, 10)) * (0.75 + (Random.Shared.NextDouble() / 2));
        var asked = (fault as NodeProblemException)?.RetryAfter ?? TimeSpan.Zero;
        return asked > TimeSpan.Zero ? asked : grown < PauseMax ? grown : PauseMax;
    }
}
