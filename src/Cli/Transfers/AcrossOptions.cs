using System.CommandLine;
using System.Text;
using Actors.Cli.Parsing;
using Actors.Cli.Terminals;
using Actors.Ledger;

namespace Actors.Cli.Transfers;

/// <summary>What a transfer to an address on another chain has beside one that stays.</summary>
internal sealed class AcrossOptions
{
    private static readonly TimeSpan TimeoutDefault = TimeSpan.FromHours(1);
    private readonly Option<uint?> _channel = Parser.Optional<uint?>("--channel", "To another chain: the channel it goes over, where several fit.", text => Parser.Channel(text));
    private readonly Option<TimeSpan?> _timeout = Parser.Optional<TimeSpan?>("--timeout", "To another chain: when it comes back if it was not received, from now, at most 30d. [default: 1h]", text => Instant.ParseSpan(text));
    private readonly Option<byte[]?> _memo = Parser.Optional<byte[]?>("--memo", "To another chain: text or 0x bytes for the recipient, at most 64 bytes.", ParseMemo);
    private readonly Option<bool> _await = new("--await") { Description = "To another chain: end when it is acknowledged (exit code 0) or has come back (1), waiting as long as --wait says." };

    public Command AddTo(Command command)
    {
        command.Add(_channel);
        command.Add(_timeout);
        command.Add(_memo);
        command.Add(_await);
        return command;
    }

    public uint? Channel(Session session) => session.Find(_channel);

    public ReadOnlyMemory<byte> Memo(Session session) => session.Find(_memo);

    public bool Awaits(Session session) => session.Find(_await);

    public Timestamp Timeout(Session session) => new((ulong)(DateTimeOffset.UtcNow + (session.Find(_timeout) ?? TimeoutDefault)).ToUnixTimeMilliseconds());

    /// <exception cref="CannotRunException">One of them is given, and the transfer stays on its chain.</exception>
    public void RequireNone(Session session)
    {
        foreach (var option in new Option[] { _channel, _timeout, _memo, _await })
        {
            if (session.Has(option))
            {
                throw new CannotRunException($"{option.Name} is for a transfer to an address on another chain");
            }
        }
    }

    private static byte[] ParseMemo(string text)
    {
        var bytes = text.StartsWith("0x", StringComparison.Ordinal) ? Convert.FromHexString(text[2..]) : Encoding.UTF8.GetBytes(text);
        return bytes.Length is >= 1 and <= Limits.MemoBytesMax
            ? bytes
            : throw new FormatException($"memo '{text}' has {bytes.Length} bytes, expected 1 to {Limits.MemoBytesMax}");
    }
}
