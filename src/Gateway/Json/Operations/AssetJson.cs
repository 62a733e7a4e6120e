using System.Text;
using Actors.Ledger;
using Actors.Ledger.Assets;
using Actors.Ledger.Operations;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Json.Operations;

internal sealed record CreateAssetJson(EntityReference Issuer, string Code, byte Scale) : OperationJson
{
    /// <summary>The issuer signs each opening of accounts.</summary>
    public bool Restricted { get; init; }

    public static CreateAssetJson From(CreateAsset operation) =>
        new(operation.Issuer, operation.Code, operation.Scale) { Restricted = operation.Restricted, Linked = operation.Linked };

    internal override IOperation ToOperation(ChainId chain) => Code.Length is >= 1 and <= Limits.AssetCodeBytesMax && Ascii.IsValid(Code)
        ? new CreateAsset(Issuer, Scale, Code, Restricted, Linked)
        : throw new MalformedException($"expected an asset code of 1 to {Limits.AssetCodeBytesMax} of A-Z 0-9 . _ -");
}
