using System.Globalization;
using Actors.Ledger;

namespace Actors.Grains.Channels;

/// <summary>
/// A channel of the cluster by both its ends, <c>chain/number~chain/number</c>, the end that comes first in ordinal order first: the same from either side, so
/// that both wake the same grain.
/// </summary>
internal readonly record struct ChannelKey(ChannelKey.End One, ChannelKey.End Other)
{
    private const char Between = '~';

    public static ChannelKey Of(End one, End other) => one.CompareTo(other) <= 0 ? new ChannelKey(one, other) : new ChannelKey(other, one);

    /// <summary>False for anything that <see cref="ToString"/> does not give.</summary>
    public static bool TryParse(string text, out ChannelKey key)
    {
        key = default;
        if (text.Split(Between) is not [var first, var second] || !End.TryParse(first, out var one) || !End.TryParse(second, out var other))
        {
            return false;
        }

        key = Of(one, other);
        return key.ToString() == text;
    }

    public override string ToString() => $"{One}{Between}{Other}";

    internal readonly record struct End(ChainId Chain, uint Channel) : IComparable<End>
    {
        public int CompareTo(End other) =>
            string.CompareOrdinal(Chain.Value, other.Chain.Value) is var order and not 0 ? order : Channel.CompareTo(other.Channel);

        public static bool TryParse(string text, out End end)
        {
            end = default;
            if (text.Split('/') is not [var name, var number]
                || !ChainId.TryParse(name, out var chain)
                || !uint.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var channel)
                || channel == 0)
            {
                return false;
            }

            end = new End(chain, channel);
            return true;
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Chain.Value}/{Channel}");
    }
}
