using Actors.Ledger.Hashing;
using Actors.Ledger.Proofs;
using Actors.Ledger.Tests.Proofs;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Vectors;

/// <summary>
/// Receipts that a chain could only give by breaking its own rules: every root and the seal are right, but an operation or its
/// effect has a form that none can have. Each is of a block with one transaction and no touches, so that every path is empty.
/// </summary>
internal sealed class SealedForgery(ProofChain chain, Key sealingKey)
{
    private const uint WholeTransaction = 0xFFFFFFFF;
    private const string Transfer = "0500" + "041864";
    private const string Pending = "0600" + "041864" + "01a0b2ff0000";
    private const string Post = "0700" + "02";
    private const string NoEntries = "000000";
    private const string Entry = "0000" + "01" + "00" + "00";
    private const string Created = "03";
    private const string Settled = "02" + "01020c0a00";

    public IEnumerable<object> Vectors() =>
    [
        Refused("a transfer that created something", CheckNames.Outcome, Entry + Created, Transfer),
        Refused("a transfer that settled a pending", CheckNames.Outcome, Entry + Settled, Transfer),
        RefusedAlone("a transfer, shown alone, that settled a pending", CheckNames.Outcome, Entry + Settled, 0, Transfer, Transfer),
        Refused("a post that settled nothing", CheckNames.Outcome, NoEntries, Post),
        Refused("a post that created something", CheckNames.Outcome, Entry + Created, Post),
        Refused("a pending that created nothing", CheckNames.Outcome, NoEntries, Pending),
        Refused("a pending that settled a pending", CheckNames.Outcome, Entry + Settled, Pending),
        Refused("a pending that created number 0", CheckNames.WellFormed, Entry + "01", Pending),
        Refused("a settlement of pending 0", CheckNames.WellFormed, Entry + "02" + "00020c0a00", Post),
        Refused("a settlement that debits account 0", CheckNames.WellFormed, Entry + "02" + "01000c0a00", Post),
        Refused("a settlement that credits account 2^36 + 1", CheckNames.WellFormed, Entry + "02" + "0102818080808002" + "0a00", Post),
        RefusedAlone("an asset of scale 10, shown alone", CheckNames.WellFormed, Entry + Created, 0, "0300" + "02" + "0a" + "03455552", Transfer),
        RefusedAlone("an asset code in small letters, shown alone", CheckNames.WellFormed, Entry + Created, 0, "0300" + "02" + "02" + "03657572", Transfer),
        RefusedAlone("an alias in capitals, shown alone", CheckNames.WellFormed, NoEntries, 0, "1000" + "04" + "03455552", Transfer),
        RefusedAlone("a last operation that is linked, shown alone", CheckNames.WellFormed, NoEntries, 1, Transfer, "0501" + "041864"),
    ];

    private object Refused(string why, string check, string leaf, string operation) => Refused(why, check, leaf, null, [operation]);

    private object RefusedAlone(string why, string check, string leaf, int shown, params string[] operations) => Refused(why, check, leaf, shown, operations);

    private object Refused(string why, string check, string leaf, int? shown, string[] operations) =>
        FileVector.Refused(why + ", sealed", check, Receipt(Convert.FromHexString(leaf), shown, Array.ConvertAll(operations, Convert.FromHexString)), chain.GenesisHash);

    private byte[] Receipt(byte[] leaf, int? shown, byte[][] operations)
    {
        var expiry = new Timestamp(ChainFixture.CreatedMs + 60_000);
        var hashes = Array.ConvertAll(operations, operation => MerkleTree.LeafHash(operation));
        var signed = new byte[SignedBytes.Size];
        SignedBytes.Write(signed, chain.GenesisHash, expiry, TransactionKind.Bulk, operations.Length, MerkleTree.Root(hashes));
        var header = chain.Block(1).Header with
        {
            TransactionsRoot = MerkleTree.LeafHash(signed),
            OutcomesRoot = MerkleTree.LeafHash(leaf),
            TransactionCount = 1,
            OperationCount = (uint)operations.Length,
            ExpiryCount = 0,
            TouchCount = 0,
        };
        var writer = ProofFile.Begin(ProofFileKind.Receipt);
        new Anchor(chain.Genesis, [], header, sealingKey.Sign(header.Encode())).Write(writer);
        writer.U32(0);
        writer.U48(expiry.Ms);
        writer.U8((byte)TransactionKind.Bulk);
        writer.U32((uint)operations.Length);
        writer.U32(shown is { } index ? (uint)index : WholeTransaction);
        writer.Bytes32(shown is { } one ? operations[one] : [.. operations.SelectMany(operation => operation)]);
        if (shown is { } alone)
        {
            HashPath.Write(writer, MerkleTree.InclusionPath(hashes, alone));
        }

        HashPath.Write(writer, []);
        writer.Bytes32(leaf);
        HashPath.Write(writer, []);
        return ProofFile.End(writer);
    }
}
