using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Actors.Cli.Client;
using Actors.Ledger.Signing;

namespace Actors.Cli.Bench;

/// <summary>
/// How many signatures this machine checks at this moment with nothing else to do: the bound of what is signed singly, and what one machine's, or one
/// minute's, figures are compared with another's by.
/// </summary>
internal static class SignatureSpeed
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Measured = TimeSpan.FromMilliseconds(500);

    /// <summary>Checks a second on all cores. Takes 0.8 s.</summary>
    public static double Measure()
    {
        Run(WarmUp);
        return Run(Measured);
    }

    public static string Describe() => string.Create(CultureInfo.InvariantCulture, $"{Measure():N0} P-256 checks a second on all cores with nothing else to do, before the run");

    private static double Run(TimeSpan length)
    {
        using var signing = SigningKey.Create();
        var message = RandomNumberGenerator.GetBytes(64);
        var signature = signing.Sign(message);
        var checks = 0L;
        var start = Stopwatch.GetTimestamp();
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Check)).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return checks / Stopwatch.GetElapsedTime(start).TotalSeconds;

        void Check()
        {
            using var key = Es256.TryImport(signing.Public)!;
            var done = 0L;
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                done += Es256.Verify(key, message, signature) ? 1 : throw new InvalidOperationException("a signature just made does not verify");
            }

            Interlocked.Add(ref checks, done);
        }
    }
}
