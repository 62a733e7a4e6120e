using System.Globalization;
using Actors.Ledger.Accounts;
using Actors.Ledger.Aliases;
using Actors.Ledger.Assets;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Deliveries;
using Actors.Ledger.Channels.Opening;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Peers;
using Actors.Ledger.Channels.Routes;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Keysets;
using Actors.Ledger.Notes;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>Says for people what a proof shows. Amounts are in minor units, times in UTC.</summary>
internal static class Words
{
    private const ulong CalendarMsMax = 253_402_300_799_999;

    /// <summary>Of a long run this many parts are put into words.</summary>
    private const int ShownMax = 32;

    public static string Of(Timestamp time) => time.Ms <= CalendarMsMax
        ? DateTimeOffset.FromUnixTimeMilliseconds((long)time.Ms).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture)
        : $"{time.Ms} ms";

    public static string Of(Outcome outcome) => Enum.IsDefined(outcome) ? $"{outcome} ({(int)outcome})" : $"outcome {(int)outcome}";

    public static string Signed(Int128 change) => change > 0 ? $"+{change}" : change.ToString(CultureInfo.InvariantCulture);

    public static string Of(IOperation operation) => operation switch
    {
        OpenKeyset open => $"open a keyset of {open.Keyset.Keys.Count} keys with threshold {open.Keyset.Threshold}",
        ChangeKeyset change => $"change keyset {change.Keyset} to {change.Definition.Keys.Count} keys with threshold {change.Definition.Threshold}",
        CreateAsset create => $"create asset {create.Code} of scale {create.Scale}, issued by keyset {create.Issuer}",
        OpenAccounts open => $"open {open.Count} accounts of asset {open.Asset} for keyset {open.Owner}",
        Transfer transfer => $"transfer {transfer.Amount} from account {transfer.Debit} to account {transfer.Credit}{Of(transfer.Reference)}",
        Pending pending => $"set {pending.Amount} aside from account {pending.Debit} for account {pending.Credit} until {Of(pending.Timeout)}{Of(pending.Reference)}",
        Post post => post.Part is { } part ? $"post {part} of pending {post.Pending}" : $"post pending {post.Pending}",
        Pendings.Void release => $"void pending {release.Pending}",
        SetFloor set => $"set the floor of account {set.Account} to {(set.Floor == AccountLimits.NoFloor ? "none" : set.Floor)}",
        SetCeiling set => $"set the ceiling of account {set.Account} to {(set.Ceiling == AccountLimits.NoCeiling ? "none" : set.Ceiling)}",
        Freeze freeze => $"{(freeze.Unfreeze ? "unfreeze" : "freeze")} account {freeze.Account}",
        Close close => $"close account {close.Account}",
        Note note => $"note {note.Hash} with {note.Payload.Length} bytes by keyset {note.Author}",
        ChangeSealingKey { Lost: { } lost } change => $"change the sealing key to {change.Key} after blocks {lost.First} to {lost.Last} ({lost.Header}) were lost",
        ChangeSealingKey change => $"change the sealing key to {change.Key}",
        ChangeOperator change => $"make keyset {change.Keyset} the operator",
        SetAlias set => $"name account {set.Account} {set.Alias}",
        OpenPeer open => $"make the chain with genesis hash {open.Genesis.Hash} known as {open.Name}",
        ResumePeer resume => $"trust peer {resume.Peer} again from its block {resume.Header.Height} on",
        OpenChannel open => $"open a channel to peer {open.Peer}{(open.PeerChannel == 0 ? "" : $" in answer to its channel {open.PeerChannel}")}",
        PauseChannel pause => $"{(pause.Resume ? "resume" : "pause")} channel {pause.Channel}",
        AbandonChannel abandon => $"abandon channel {abandon.Channel}",
        OpenRoute open => open.Voucher is { } voucher ? $"open a route over channel {open.Channel} for voucher {voucher.Code} of the peer's asset {voucher.PeerAsset}" : $"open a route over channel {open.Channel} for asset {open.Asset}",
        LimitRoute limit => limit.ValuePerHour == 0 ? $"limit route {limit.Route} no more" : $"limit route {limit.Route} to {limit.ValuePerHour} an hour",
        Send send => $"send {send.Amount} from account {send.Debit} through account {send.Through} to account {send.Recipient} of the peer until {Of(send.Timeout)}",
        SendMessage send => $"send {send.Payload.Length} bytes from account {send.Sender} over channel {send.Channel} to handler {send.Handler} until {Of(send.Timeout)}",
        PendingDelivery pending => $"set {pending.Amount} aside from account {pending.Debit} for account {pending.Credit} until {Of(pending.Timeout)} against delivery of {pending.Delivered} to account {pending.Recipient}",
        UpdatePeer update => $"take block {update.Header.Height} of peer {update.Peer}",
        ConfirmChannel confirm => $"confirm channel {confirm.Channel}",
        Receive receive => $"receive packets {receive.Packets.First} to {receive.Packets.Last} over channel {receive.Channel}",
        Acknowledge acknowledge => $"consume acknowledgements {acknowledge.Acknowledgements.First} to {acknowledge.Acknowledgements.Last} of channel {acknowledge.Channel}: {Of(acknowledge.Acknowledgements)}",
        TimeOut timeout => $"time out {timeout.Packets.Sum(range => range.Count)} packets of channel {timeout.Channel}: {Of(timeout.Packets)}",
        ReportEquivocation report => $"show that peer {report.Peer} sealed two histories at height {report.Equivocation.Height}",
        _ => operation.Type.ToString(),
    };

    public static string Of(AccountEffect effect)
    {
        var what = effect.Operation is { } operation ? Of(operation)
            : effect.Packet is { } packet ? Of(packet)
            : $"pending {effect.Settlement?.Pending} expired";
        return effect.Operation is not null && effect.Settlement is { } settlement
            ? $"{what} (pending {settlement.Pending}: posted {settlement.Posted}, released {settlement.Released})"
            : what;
    }

    public static string Of(in PacketEffect packet) =>
        packet.Posted is { } settlement ? $"pending {settlement.Pending} posted by its delivery: {settlement.Posted} from account {settlement.Debit} to account {settlement.Credit}"
        : packet.IsRefund ? $"packet {packet.Sequence} of channel {packet.Channel} refunded to account {packet.Credit}: {packet.Amount}, {Of(packet.Outcome)}"
        : $"packet {packet.Sequence} of channel {packet.Channel} received by account {packet.Credit}: {packet.Amount}";

    public static string Of(Acknowledgement acknowledgement)
    {
        var exceptions = string.Join(", ", acknowledgement.Exceptions.Select(exception => $"{exception.Sequence} {Of(exception.Outcome)}"));
        return $"packets {acknowledgement.First} to {acknowledgement.Last} taken, {(exceptions.Length == 0 ? "all accepted" : $"all accepted but {exceptions}")}";
    }

    private static string Of(LeafRun acknowledgements)
    {
        var words = new List<string>();
        for (var i = 0; i < Math.Min(acknowledgements.Count, ShownMax); i++)
        {
            try
            {
                words.Add(Of(Acknowledgement.Parse(acknowledgements[i])));
            }
            catch (MalformedException)
            {
                words.Add("one that is none");
            }
        }

        return string.Join("; ", words) + (acknowledgements.Count > ShownMax ? $"; and {acknowledgements.Count - ShownMax} more" : "");
    }

    private static string Of(IReadOnlyList<SequenceRange> ranges) =>
        string.Join(", ", ranges.Take(ShownMax).Select(range => range.Count == 1 ? $"{range.First}" : $"{range.First} to {range.First + (ulong)range.Count - 1}"))
        + (ranges.Count > ShownMax ? $", and {ranges.Count - ShownMax} more ranges" : "");

    public static string Of(TransactionKind kind) => kind switch
    {
        TransactionKind.Atomic => "atomic",
        TransactionKind.Bulk => "bulk",
        _ => "proven",
    };

    public static IReadOnlyList<Claim> Of(Anchor anchor, ProvenStatement statement)
    {
        var (newest, oldest) = (statement.Entries[0].Height, statement.Entries[^1].Height);
        var before = statement.Next.Value == 0 ? "no block" : $"block {statement.Next}";
        return
        [
            new("chain", anchor.Genesis.ChainId.Value),
            new("account", statement.Account.ToString()),
            new("blocks", $"{statement.Entries.Count}, {oldest} to {newest}; before them {before} touched the account"),
            new("posted", $"changed by {Signed(statement.PostedChange)} by what is shown"),
            .. statement.Entries.Select(Of),
        ];
    }

    public static IEnumerable<Claim> Of(ProvenAccount account) =>
    [
        new("account", $"{account.Number} of keyset {account.Owner} in asset {account.Asset}"),
        new("posted", account.Posted.ToString(CultureInfo.InvariantCulture)),
        new("pending", $"{account.PendingOut} out, {account.PendingIn} in"),
        new("floor", account.Floor?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        new("ceiling", account.Ceiling?.ToString(CultureInfo.InvariantCulture) ?? "none"),
        new("flags", account.Flags == AccountFlags.None ? "none" : account.Flags.ToString()),
        new("last touched", account.LastBlock.Value == 0 ? "never" : $"in block {account.LastBlock}"),
    ];

    private static Claim Of(ProvenStatementEntry entry) =>
        new($"block {entry.Height}", $"{Of(entry.Time)}, posted {Signed(entry.PostedChange)}: {string.Join("; ", entry.Effects.Select(Of))}");

    private static string Of(Reference reference) => reference.IsNone ? "" : $", reference {reference}";
}
