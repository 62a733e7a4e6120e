namespace Actors.Simulation.Channels;

/// <summary>Loses, doubles, reorders, keeps for later, and lies.</summary>
internal sealed class SimNetwork(Random random)
{
    private const int HeldMax = 60;
    private const int OldMax = 100;
    private readonly List<(ChannelChain To, byte[] Bytes)> _held = [];
    private readonly List<(ChannelChain To, byte[] Bytes)> _old = [];
    private readonly RelayLies _lies = new(random);

    public void Send(ChannelChain to, byte[] message)
    {
        if (_held.Count == HeldMax)
        {
            Sometimes.Happened("the network lost a message");
            _held.RemoveAt(random.Next(HeldMax));
        }

        _held.Add((to, message));
        _old.Add((to, message));
        if (_old.Count > OldMax)
        {
            _old.RemoveAt(random.Next(OldMax));
        }
    }

    /// <summary>The next message for this chain; null when there is none.</summary>
    public byte[]? Next(ChannelChain to)
    {
        var dice = random.Next(100);
        if (dice < 12 && _old.Count > 0)
        {
            var (mine, other) = (_old.FindAll(message => message.To == to), _old[random.Next(_old.Count)]);
            if (mine.Count > 0)
            {
                var (_, bytes) = mine[random.Next(mine.Count)];
                Sometimes.Happened(dice < 4, "the network brought an old message again");
                return dice < 4 ? bytes : _lies.Tell(to, bytes, other.Bytes, other.To);
            }
        }

        var indexes = Enumerable.Range(0, _held.Count).Where(i => _held[i].To == to).ToList();
        if (indexes.Count == 0)
        {
            return null;
        }

        var place = random.Next(indexes.Count);
        Sometimes.Happened(place > 0, "the network brought a later message first");
        var message = _held[indexes[place]].Bytes;
        if (random.Next(5) > 0)
        {
            _held.RemoveAt(indexes[place]);
        }
        else
        {
            Sometimes.Happened("the network doubled a message");
        }

        if (random.Next(10) == 0)
        {
            Sometimes.Happened("the network lost a message");
            return null;
        }

        return message;
    }
}
