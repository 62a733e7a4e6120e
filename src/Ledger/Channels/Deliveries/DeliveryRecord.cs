using System.Runtime.InteropServices;
using Actors.Ledger.State;

namespace Actors.Ledger.Channels.Deliveries;

/// <summary>Table 14: the delivery over a channel that decides a payment: what must arrive, from whom and for whom.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct DeliveryRecord
{
    [FieldOffset(0)] public ulong Pending;
    [FieldOffset(8)] public ulong Sender;
    [FieldOffset(16)] public ulong Recipient;
    [FieldOffset(24)] public long Amount;
    [FieldOffset(32)] public uint Route;
}

/// <summary>Deliveries that payments wait for, in the order in which they were agreed.</summary>
internal sealed class DeliveryTable(PagedTable deliveries)
{
    public ref readonly DeliveryRecord Read(ulong number) => ref RecordLayout.As<DeliveryRecord>(deliveries.Read(number));

    public ulong Open(in DeliveryRecord record)
    {
        var number = deliveries.Add();
        RecordLayout.As<DeliveryRecord>(deliveries.Write(number)) = record;
        return number;
    }
}
