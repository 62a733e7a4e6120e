using System.Text;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Assets;

/// <summary>
/// Creates an asset that <paramref name="Issuer"/> governs: floors, ceilings and freezing of its accounts. Where it is
/// <paramref name="Restricted"/> the issuer also signs each opening of accounts. Scale is the number of decimals, 0 to 9.
/// </summary>
public readonly record struct CreateAsset(EntityReference Issuer, byte Scale, string Code, bool Restricted = false, bool Linked = false) : IOperation<CreateAsset>
{
    internal const int RestrictedBit = 1;

    public OperationType Type => OperationType.CreateAsset;

    static CreateAsset IOperation<CreateAsset>.Read(ref WireReader reader, OperationFlags flags)
    {
        var issuer = EntityReference.Read(ref reader, "keyset");
        var scale = reader.U8();
        var code = reader.Bytes8(1, Limits.AssetCodeBytesMax, "asset code");
        return new CreateAsset(issuer, scale, Encoding.Latin1.GetString(code), flags.Has(RestrictedBit), flags.Linked);
    }

    void IOperation<CreateAsset>.Check(OperationStructure structure)
    {
        structure.Keyset(Issuer);
        CheckForm(Scale, Code);
    }

    internal static void CheckForm(byte scale, string code)
    {
        if (scale > Limits.AssetScaleMax)
        {
            throw new MalformedException($"asset scale is {scale}, expected 0 to {Limits.AssetScaleMax}");
        }

        foreach (var c in code)
        {
            if (!char.IsAsciiLetterUpper(c) && !char.IsAsciiDigit(c) && c is not ('.' or '_' or '-'))
            {
                throw new MalformedException("asset code has a character outside A-Z 0-9 . _ -");
            }
        }
    }

    public void Write(WireWriter writer)
    {
        OperationFlags.Write(writer, Type, Linked, OperationFlags.Bit(RestrictedBit, Restricted));
        Issuer.Write(writer);
        writer.U8(Scale);
        writer.Bytes8(Encoding.Latin1.GetBytes(Code));
    }
}
