using System.Text.Json.Serialization;
using Actors.Gateway.Json;
using Actors.Gateway.Json.Operations;
using Actors.Ledger;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;

namespace Actors.Gateway.Transactions;

/// <summary>What a signer must sign, and the envelope that its signatures go into.</summary>
internal sealed record EncodedJson(TransactionId Id, HexBytes SignedBytes, Hash256 OperationsRoot, Hash256 GenesisHash, Timestamp Expiry, HexBytes UnsignedEnvelope)
{
    /// <summary>The operations as they will be signed, where a transfer became a send over a channel.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<OperationJson>? Operations { get; init; }

    public static EncodedJson From(in Hash256 genesis, Transaction transaction)
    {
        // An envelope of no signatures ends with their count, which is not part of what this promises.
        var unsigned = Envelope.Encode(genesis, transaction, []).AsMemory()[..^1];
        return new EncodedJson(transaction.Id, new HexBytes(transaction.SignedMessage), transaction.OperationsRoot, genesis, transaction.Expiry, new HexBytes(unsigned));
    }
}
