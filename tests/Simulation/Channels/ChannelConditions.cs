namespace Actors.Simulation.Channels;

/// <summary>What must have happened at least once over the fixed seeds of worlds of chains. When a change makes one rare, make it likelier again.</summary>
internal static class ChannelConditions
{
    private static readonly string[] Paths =
    [
        "a voucher was credited", "value was credited at home", "a voucher was sent home", "a voucher was sent on", "a route went on over a further hop",
        "value was on its way both ways", "an earlier cut was checked", "seals were checked ahead of the writer", "a delivery was paid for", "the sealing key was changed",
        "replay after a snapshot", "replay from the genesis", "a timeout was relayed", "an idle chain was asked for a block",
        "a refund went to a frozen sender", "a refund went to a closed sender",
        "a packet was given back: PacketTimedOut", "a packet was given back: CreditAccountNotFound", "a packet was given back: CreditAccountFrozen",
        "a packet was given back: CreditAccountClosed", "a packet was given back: AssetMismatch", "a packet was given back: SystemAccount",
        "a packet was given back: AboveCeiling", "a packet was given back: DeliveryMismatch", "a packet was given back: ChannelAbandoned",
        "operation ChannelFull", "operation RateLimited", "operation ChannelPaused", "operation PeerFrozen",
    ];

    private static readonly string[] Faults =
    [
        "CrashBefore Append", "CrashAfter Append", "UnknownWithEffect Append", "UnknownWithoutEffect Append", "Full Append", "Unavailable Append",
        "a start failed and was tried again", "the fence was lost", "two writers of a chain with channels", "two blocks were taken back",
        "the network lost a message", "the network doubled a message", "the network brought a later message first", "the network brought an old message again",
        "the network brought what is no envelope of the chain", "a channel was abandoned", "packets of an abandoned channel were given back",
        "a second header was shown to a light client", "a deceived light client was shown the evidence", "a frozen peer was resumed",
        "a lie: a flipped byte", "a lie: to the wrong chain", "a lie: proofs of two messages spliced", "a lie: without the header", "a lie: a forged header",
        "a lie: a header sealed by somebody else", "a lie: a wrong height", "a lie: a wrong channel", "a lie: a forged packet", "a lie: skipped packets",
        "a lie: a forged channel", "a lie: a forged acknowledgement", "a lie: not received, though it is", "a lie: too early a timeout",
    ];

    private static readonly string[] Answers =
    [
        "answer AlreadyReceived", "answer AlreadyAcknowledged", "answer ChannelPaused", "answer HeaderNotHeld", "answer HeaderNotSealed", "answer HistoryNotProven",
        "answer HeaderOfAnotherChain", "answer ChannelNotProven", "answer PacketsNotProven", "answer PeerFrozen", "answer PeerAlreadyFrozen", "answer TimeoutNotReached",
        "answer Expired", "answer SystemAccount", "answer HeaderNotNeeded",
    ];

    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, int> seen) =>
        Paths.Concat(Faults).Concat(Answers).Where(condition => !seen.ContainsKey(condition));
}
