namespace Actors.Ledger.State;

/// <summary>Which table of the state a record is in; the numbers are part of the format.</summary>
public enum TableId : byte
{
    Chain = 0,
    Keysets = 1,
    Keys = 2,
    Assets = 3,
    Ranges = 4,
    Accounts = 5,
    Pendings = 6,
    Aliases = 7,
    Peers = 8,
    PeerHeaders = 9,
    Channels = 10,
    ChannelEdges = 11,
    Routes = 12,
    Packets = 13,
    Deliveries = 14,
}
