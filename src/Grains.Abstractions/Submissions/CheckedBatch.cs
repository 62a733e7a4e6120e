namespace Actors.Grains.Submissions;

/// <summary>
/// A batch whose signatures a silo has checked for the chain with this genesis. <see cref="Voucher"/> is a MAC over both under a key that only silos
/// hold: the word of a client is worth nothing.
/// </summary>
[GenerateSerializer, Immutable, Alias("actors.checked-batch.1")]
public sealed class CheckedBatch(EnvelopeBatch envelopes, byte[] voucher)
{
    [Id(0)]
    public EnvelopeBatch Envelopes { get; } = envelopes;

    [Id(1)]
    public byte[] Voucher { get; } = voucher;
}
