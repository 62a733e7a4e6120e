using System.Text;
using Actors.Ledger.Hashing;
using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Chains;

/// <summary>
/// The document that a chain starts from; its hash is the chain's identity and part of what every signature covers. The
/// operator keyset becomes keyset 1.
/// </summary>
public sealed record Genesis
{
    public const int EncodedBytesMax = 4_096;

    private Genesis(byte[] bytes, GenesisSettings settings)
    {
        Encoded = bytes;
        Settings = settings;
        Hash = Sha256.Of(bytes);
    }

    public ReadOnlyMemory<byte> Encoded { get; }

    public Hash256 Hash { get; }

    public GenesisSettings Settings { get; }

    public ChainId ChainId => Settings.ChainId;

    /// <exception cref="MalformedException">A setting is out of its range.</exception>
    public static Genesis Create(GenesisSettings settings)
    {
        settings.Check();
        var writer = new WireWriter();
        writer.Bytes("ActorsG1"u8);
        writer.Bytes8(Encoding.Latin1.GetBytes(settings.ChainId.Value));
        writer.U48(settings.Created.Ms);
        settings.Operator.Write(writer);
        writer.U8((byte)SignatureScheme.Es256);
        writer.Bytes(settings.SealingKey.AsSpan());
        writer.U8((byte)settings.LeafRecords);
        writer.U32((uint)settings.BlockOperationsMax);
        writer.U32((uint)settings.BlockBytesMax);
        writer.U32((uint)settings.ValidityMs);
        writer.U32((uint)settings.OpenWithoutIssuerMax);
        writer.U64(settings.Features);
        return new Genesis(writer.ToArray(), settings);
    }

    /// <exception cref="MalformedException">The bytes are no genesis document of this version.</exception>
    public static Genesis Parse(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        if (!reader.Bytes(8).SequenceEqual("ActorsG1"u8))
        {
            throw new MalformedException("expected a genesis document, which starts with ActorsG1");
        }

        var chainId = ChainId.Read(ref reader);
        var created = new Timestamp(reader.U48());
        var keyset = KeysetDefinition.Read(ref reader);
        KeyCodec.ReadScheme(ref reader);
        var settings = new GenesisSettings(chainId, created, keyset, new PublicKey(reader.Bytes(PublicKey.Size)))
        {
            LeafRecords = reader.U8(),
            BlockOperationsMax = checked((int)Math.Min(reader.U32(), int.MaxValue)),
            BlockBytesMax = checked((int)Math.Min(reader.U32(), int.MaxValue)),
            ValidityMs = reader.U32(),
            OpenWithoutIssuerMax = reader.U32(),
            Features = reader.U64(),
        };
        reader.End("genesis document");
        settings.Check();
        return new Genesis(bytes.ToArray(), settings);
    }
}
