using System.Globalization;

namespace Actors.Silo.Bench;

/// <summary>What <c>bench idle</c> understands.</summary>
internal sealed record IdleOptions
{
    public const string Usage = "bench idle [--chains 10000] [--accounts 1000000] [--seconds 30] [--processes PID,PID,...]";
    private const int ChainsMax = 1_000_000;
    private const int AccountsMax = 1_000_000_000;
    private const int SecondsMax = 3_600;

    /// <summary>1 to a million.</summary>
    public int Chains { get; private init; } = 10_000;

    /// <summary>Of all chains together, as even as the numbers allow; one a chain at least.</summary>
    public int Accounts { get; private init; } = 1_000_000;

    /// <summary>How long processor time is measured, before and after.</summary>
    public TimeSpan Watch { get; private init; } = TimeSpan.FromSeconds(30);

    /// <summary>The silos' processes on this machine, for their memory and processor time.</summary>
    public IReadOnlyList<int> Processes { get; private init; } = [];

    public int AccountsOf(int chain) => (int)(((long)(chain + 1) * Accounts / Chains) - ((long)chain * Accounts / Chains));

    /// <exception cref="FormatException">An argument is unknown or out of its range.</exception>
    public static IdleOptions Parse(ReadOnlySpan<string> arguments)
    {
        var options = new IdleOptions();
        for (var i = 0; i < arguments.Length; i += 2)
        {
            var value = i + 1 < arguments.Length ? arguments[i + 1] : throw new FormatException($"{arguments[i]} needs a value");
            options = arguments[i] switch
            {
                "--chains" => options with { Chains = Number(value, ChainsMax) },
                "--accounts" => options with { Accounts = Number(value, AccountsMax) },
                "--seconds" => options with { Watch = TimeSpan.FromSeconds(Number(value, SecondsMax)) },
                "--processes" => options with { Processes = [.. value.Split(',').Select(id => Number(id, int.MaxValue))] },
                _ => throw new FormatException($"unknown option {arguments[i]}"),
            };
        }

        return options.Accounts >= options.Chains ? options : throw new FormatException($"{options.Accounts} accounts are fewer than {options.Chains} chains");
    }

    private static int Number(string text, int max) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= max
            ? number
            : throw new FormatException($"'{text}' is not a number from 1 to {max}");
}
