using System.Globalization;
using Actors.Ledger.Blocks;
using Actors.Ledger.Chains;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Channels.Settling;
using Actors.Ledger.Hashing;
using Actors.Ledger.Operations;
using Actors.Ledger.Signing;
using Actors.Ledger.Tests.Rules;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Tests.Codecs;

/// <summary>
/// Whatever bytes a decoder is given, it refuses them as malformed or decodes them, and then encodes them as they were: there is one
/// encoding of everything. ACTORS_FUZZ_SECONDS sets how long each decoder is tried, with a new seed each time.
/// </summary>
public sealed class FuzzTests
{
    private const int Tries = 4_000;
    private const int OperationsMax = 60;
    private static readonly Samples Samples = new();

    [Fact]
    public void Envelopes() => Fuzz(Samples.Envelopes, bytes =>
    {
        var envelope = Envelope.Parse(bytes, Samples.Genesis.Hash);
        return Envelope.Encode(Samples.Genesis.Hash, envelope.Transaction, envelope.Signers);
    });

    [Fact]
    public void Operations() => Fuzz(Samples.Operations, bytes => OperationCodec.Encode([OperationCodec.Read(bytes)]));

    [Fact]
    public void Transactions() => Fuzz(Samples.TransactionOperations, bytes =>
    {
        var count = bytes.Length == 0 ? 0 : bytes[0];
        var transaction = Transaction.Create(Hash256.Zero, default, TransactionKind.Bulk, count, bytes.AsMemory(Math.Min(1, bytes.Length)));
        var operations = Enumerable.Range(0, count).Select(i => OperationCodec.Read(transaction.Operation(i)));
        return [(byte)count, .. OperationCodec.Encode([.. operations])];
    });

    [Fact]
    public void Geneses() => Fuzz([Samples.Genesis.Encoded.ToArray()], bytes => Genesis.Create(Genesis.Parse(bytes).Settings).Encoded.ToArray());

    [Fact]
    public void Headers() => Fuzz([.. Samples.Blocks.Select(block => block[..BlockHeader.Size])], bytes => BlockHeader.Decode(bytes).Encode());

    [Fact]
    public void Blocks() => Fuzz(Samples.Blocks, bytes =>
    {
        var block = Block.Parse(bytes);
        var writer = new WireWriter();
        writer.Bytes(block.Header.Encode());
        writer.Bytes(block.Seal.AsSpan());
        foreach (var (transaction, section) in block.Transactions)
        {
            writer.U48(transaction.Expiry.Ms);
            writer.U8((byte)transaction.Kind);
            writer.Varint((ulong)transaction.OperationCount);
            writer.Sized(transaction.Operations.Span);
            writer.Sized(section.Span);
        }

        foreach (var leaf in block.EffectLeaves)
        {
            writer.Sized(leaf.Span);
        }

        return writer.ToArray();
    });

    [Fact]
    public void Transaction_leaves() => Fuzz(Samples.TransactionLeaves, bytes =>
    {
        var effect = EffectLeaf.ReadTransaction(bytes, OperationsMax);
        var writer = new WireWriter();
        writer.U8(EffectLeaf.TransactionTag);
        writer.Varint((ulong)effect.Outcome);
        if (effect.Outcome != Outcome.Committed)
        {
            writer.Varint((ulong)effect.FailedOperation);
        }

        writer.Varint((ulong)effect.Operations.Count);
        var next = 0;
        foreach (var operation in effect.Operations)
        {
            writer.Varint((ulong)(operation.Operation - next));
            next = operation.Operation + 1;
            Write(writer, operation);
        }

        return writer.ToArray();
    });

    [Fact]
    public void Expiry_leaves() => Fuzz(Samples.ExpiryLeaves, bytes =>
    {
        var settlements = EffectLeaf.ReadExpiries(bytes);
        return Encode(EffectLeaf.ExpiryTag, settlements.Count, (writer, i) => settlements[i].Write(writer));
    });

    [Fact]
    public void Touch_leaves() => Fuzz(Samples.TouchLeaves, bytes =>
    {
        var height = new Height(1_000_000);
        var touches = EffectLeaf.ReadTouches(bytes, height);
        return Encode(EffectLeaf.TouchTag, touches.Count, (writer, i) => touches[i].Write(writer, height.Value));
    });

    [Fact]
    public void Packet_leaves() => Fuzz(Samples.PacketLeaves, bytes =>
    {
        var effects = EffectLeaf.ReadPackets(bytes);
        return Encode(EffectLeaf.PacketTag, effects.Count, (writer, i) => effects[i].Write(writer));
    });

    [Fact]
    public void Packets() => Fuzz(Samples.Packets, bytes =>
    {
        var writer = new WireWriter();
        Packet.Parse(bytes).Write(writer);
        return writer.ToArray();
    });

    [Fact]
    public void Acknowledgements() => Fuzz(Samples.Acknowledgements, bytes => Acknowledgement.Parse(bytes).Encode());

    [Fact]
    public void Keys_and_signatures_of_any_bytes_verify_or_do_not()
    {
        var random = new Random(9);
        var key = Names.Key("alice");
        var good = key.Sign("message"u8);
        for (var i = 0; i < 300; i++)
        {
            var publicKey = new PublicKey(Sized(Mutation.Of(random, key.Public.AsSpan().ToArray(), []), PublicKey.Size));
            var signature = new Signature(Sized(Mutation.Of(random, good.AsSpan().ToArray(), []), Signature.Size));
            Assert.Equal(publicKey == key.Public, Es256.Verify(publicKey, "message"u8, good));
            Assert.Equal(signature == good, Es256.Verify(key.Public, "message"u8, signature));
        }
    }

    private static void Write(WireWriter writer, OperationEffect effect)
    {
        writer.Varint((ulong)effect.Outcome);
        if (effect.Acknowledgement is { } acknowledgement)
        {
            writer.Varint(0);
            writer.Sized(acknowledgement.Leaf.Span);
            writer.Varint(acknowledgement.Before.Value);
        }
        else if (effect.Outcome == Outcome.Committed)
        {
            writer.Varint(effect.Settlements.Count > 0 ? (ulong)effect.Settlements.Count << 1 : (effect.Created << 1) | 1);
            foreach (var settlement in effect.Settlements)
            {
                settlement.Write(writer);
            }
        }
    }

    private static byte[] Sized(byte[] bytes, int size)
    {
        Array.Resize(ref bytes, size);
        return bytes;
    }

    private static byte[] Encode(byte tag, int count, Action<WireWriter, int> write)
    {
        var writer = new WireWriter();
        writer.U8(tag);
        writer.Varint((ulong)count);
        for (var i = 0; i < count; i++)
        {
            write(writer, i);
        }

        return writer.ToArray();
    }

    private static void Fuzz(List<byte[]> samples, Func<byte[], byte[]> recode)
    {
        Assert.All(samples, sample => Assert.Equal(sample, recode(sample)));
        var seconds = Environment.GetEnvironmentVariable("ACTORS_FUZZ_SECONDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var seed = seconds > 0 ? Environment.TickCount : 1;
        var random = new Random(seed);
        var until = Environment.TickCount64 + (seconds * 1000L);
        for (var i = 0; i < Tries || Environment.TickCount64 < until; i++)
        {
            var bytes = Mutation.Of(random, samples[random.Next(samples.Count)], samples[random.Next(samples.Count)]);
            if (Decode(bytes, recode, seed) is { } again)
            {
                Assert.True(bytes.AsSpan().SequenceEqual(again), $"seed {seed}: {Convert.ToHexString(bytes)} encodes as {Convert.ToHexString(again)}");
            }
        }
    }

    private static byte[]? Decode(byte[] bytes, Func<byte[], byte[]> recode, int seed)
    {
        try
        {
            return recode(bytes);
        }
        catch (MalformedException)
        {
            return null;
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {Convert.ToHexString(bytes)}", e);
        }
    }
}
