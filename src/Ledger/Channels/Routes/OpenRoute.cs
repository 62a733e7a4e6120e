using System.Text;
using Actors.Ledger.Assets;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Channels.Routes;

/// <summary>The voucher that a route issues: the peer's number of the original, and scale and code of the asset that is created here.</summary>
public readonly record struct Voucher(uint PeerAsset, byte Scale, string Code);

/// <summary>
/// Opens the way of an asset over a channel. At home it names an <paramref name="Asset"/> of this chain and opens its escrow account; away it creates
/// the <paramref name="Voucher"/> asset, which the operator's keyset governs, and the account that issues it. Signed by the operator, and at home by
/// the issuer too if the asset is restricted. That code and scale are those of the original is the operator's word.
/// </summary>
public readonly record struct OpenRoute(EntityReference Channel, EntityReference Asset, Voucher? Voucher = null, bool Linked = false) : IOperation<OpenRoute>
{
    internal const int VoucherBit = 1;

    public OperationType Type => OperationType.OpenRoute;

    static OpenRoute IOperation<OpenRoute>.Read(ref WireReader reader, OperationFlags flags)
    {
        var channel = EntityReference.Read(ref reader, "channel");
        if (!flags.Has(VoucherBit))
        {
            return new OpenRoute(channel, EntityReference.Read(ref reader, "asset"), null, flags.Linked);
        }

        var asset = (uint)reader.Varint(1, Limits.AssetsMax, "peer's asset");
        var scale = reader.U8();
        var code = Encoding.Latin1.GetString(reader.Bytes8(1, Limits.AssetCodeBytesMax, "asset code"));
        return new OpenRoute(channel, default, new Voucher(asset, scale, code), flags.Linked);
    }

    void IOperation<OpenRoute>.Check(OperationStructure structure)
    {
        structure.Channel(Channel);
        if (Voucher is { } voucher)
        {
            CreateAsset.CheckForm(voucher.Scale, voucher.Code);
        }
        else
        {
            structure.Asset(Asset);
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(VoucherBit, Voucher is not null));
        Channel.Write(writer);
        if (Voucher is not { } voucher)
        {
            Asset.Write(writer);
            return;
        }

        writer.Varint(voucher.PeerAsset);
        writer.U8(voucher.Scale);
        writer.Bytes8(Encoding.Latin1.GetBytes(voucher.Code));
    }
}
