using System.Globalization;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Signing;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Json;

/// <summary>
/// Every type that JSON carries as a string, a line each. Numbers that may need 64 bits are among them because a JSON number
/// is a double to many readers, which silently changes what is above 2^53: an amount would arrive wrong and signed.
/// </summary>
internal static class TextForms
{
    private const string Digits = "^(0|[1-9][0-9]{0,19})$";

    public static readonly TextForm<long> Signed = new("a whole number of 64 bits", "^(0|-?[1-9][0-9]{0,18})$", ParseSigned, v => v.ToString(CultureInfo.InvariantCulture));
    public static readonly TextForm<ulong> Unsigned = new("a whole number of 64 bits, not negative", Digits, ParseUnsigned, v => v.ToString(CultureInfo.InvariantCulture));
    public static readonly TextForm<Height> Height = Number("a block height", v => new Height(v), v => v.Value);
    public static readonly TextForm<AccountNumber> Account = Number("an account number", v => new AccountNumber(v), v => v.Value);
    public static readonly TextForm<KeysetNumber> Keyset = NumberWithin("a keyset number", KeysetNumber? (v) => v <= uint.MaxValue ? new KeysetNumber((uint)v) : null, v => v.Value);
    public static readonly TextForm<AssetNumber> Asset = NumberWithin("an asset number", AssetNumber? (v) => v <= uint.MaxValue ? new AssetNumber((uint)v) : null, v => v.Value);
    public static readonly TextForm<PendingNumber> Pending = Number("a pending number", v => new PendingNumber(v), v => v.Value);
    public static readonly TextForm<Timestamp> Time = NumberWithin("a time in milliseconds since 1970, below 2^48", Timestamp? (v) => v <= Limits.TimeMsMax ? new Timestamp(v) : null, v => v.Ms);
    public static readonly TextForm<Hash256> Hash = new("64 hex digits", Hex(64), t => Hash256.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<TransactionId> Transaction = new("a transaction id of 64 hex digits", Hex(64), t => TransactionId.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<PublicKey> Key = new("a key of 128 hex digits (X then Y)", Hex(128), t => PublicKey.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<HexBytes> Bytes = new("an even number of hex digits", "^([0-9a-f]{2})*$", t => HexBytes.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<ChainId> Chain = new("a chain id: 1 to 32 of a-z 0-9 -, starting with a letter and not ending with -", "^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$", t => ChainId.TryParse(t, out var v) ? v : null, v => v.Value);
    public static readonly TextForm<Address> Address = new("an address: chain.number.check, with check digits that fit", @"^[a-z][a-z0-9-]*\.[1-9][0-9]*\.[0-9]{2}$", t => Ledger.Address.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<AccountText> AccountText = new("an account: a number, an address with check digits that fit, or @k or @k+offset for one opened in the same transaction", @"^([1-9][0-9]*|[a-z][a-z0-9-]*\.[1-9][0-9]*\.[0-9]{2}|@(0|[1-9][0-9]*)(\+(0|[1-9][0-9]*))?)$", t => Json.AccountText.TryParse(t, out var v) ? v : null, v => v.ToString());
    public static readonly TextForm<EntityReference> Entity = new("a number from 1, or @k for something created in the same transaction", "^([1-9][0-9]*|@(0|[1-9][0-9]*))$", ParseEntity, v => v.ToString());
    public static readonly TextForm<TransactionKind> Kind = TextForm.Words("atomic, bulk or proven", ("atomic", TransactionKind.Atomic), ("bulk", TransactionKind.Bulk), ("proven", TransactionKind.Proven));
    public static readonly TextForm<PendingState> State = TextForm.Words("open, posted, voided, expired or finished", ("open", PendingState.Open), ("posted", PendingState.Posted), ("voided", PendingState.Voided), ("expired", PendingState.Expired), ("finished", PendingState.None));

    public static readonly IReadOnlyList<TextForm> All =
    [
        Signed, Unsigned, Height, Account, Keyset, Asset, Pending, Time, Hash, Transaction, Key, Bytes, Chain, Address,
        AccountText, Entity, Kind, State, .. Channels.ChannelTextForms.All,
    ];

    /// <summary>Null unless the text is decimal digits without leading zeros that fit.</summary>
    public static ulong? ParseUnsigned(string text) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && (text[0] != '0' || text.Length == 1) ? value : null;

    private static long? ParseSigned(string text)
    {
        var digits = text.StartsWith('-') ? text.AsSpan(1) : text;
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && char.IsAsciiDigit(digits[0]) && (digits[0] != '0' || text.Length == 1)
            ? value
            : null;
    }

    private static EntityReference? ParseEntity(string text)
    {
        if (text.StartsWith('@'))
        {
            return ParseUnsigned(text[1..]) is { } index and < Limits.OperationsPerTransactionMax ? EntityReference.Created((int)index) : null;
        }

        return ParseUnsigned(text) is { } number and > 0 and <= long.MaxValue ? EntityReference.Numbered(number) : null;
    }

    private static TextForm<T> NumberWithin<T>(string expected, Func<ulong, T?> from, Func<T, ulong> to) where T : struct => new(
        expected + " in decimal digits",
        Digits,
        text => ParseUnsigned(text) is { } value ? from(value) : null,
        value => to(value).ToString(CultureInfo.InvariantCulture));

    private static TextForm<T> Number<T>(string expected, Func<ulong, T> from, Func<T, ulong> to) where T : struct =>
        NumberWithin(expected, value => (T?)from(value), to);

    private static string Hex(int digits) => $"^[0-9a-f]{{{digits}}}$";
}
