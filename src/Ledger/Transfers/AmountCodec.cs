using Actors.Ledger.Wire;

namespace Actors.Ledger.Transfers;

internal static class AmountCodec
{
    public static long Read(ref WireReader reader) => (long)reader.Varint(0, long.MaxValue, "amount");

    public static void Write(WireWriter writer, long amount) =>
        writer.Varint(amount >= 0 ? (ulong)amount : throw new MalformedException($"amount is {amount}, expected 0 to {long.MaxValue}"));
}
