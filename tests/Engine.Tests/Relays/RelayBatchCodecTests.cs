using System.Globalization;
using Actors.Engine.Relays;
using Actors.Engine.Tests.Chains;
using Actors.Ledger;
using Actors.Ledger.Wire;

namespace Actors.Engine.Tests.Relays;

/// <summary>
/// Whatever bytes it is given, the decoder of relay batches refuses them as malformed or decodes them, and then they encode as they were.
/// ACTORS_FUZZ_SECONDS sets how long it is tried, with a new seed each time.
/// </summary>
public sealed class RelayBatchCodecTests
{
    private const int Tries = 4_000;
    private static readonly byte[] Telling = [0, 1, 2, 0x7F, 0x80, 0x81, 0xFE, 0xFF];

    [Fact]
    public async Task A_batch_has_one_encoding_and_nothing_else_decodes()
    {
        await using var node = new TestNode();
        var samples = await SamplesAsync(node);
        Assert.All(samples, sample => Assert.Equal(sample, RelayBatch.Decode(sample).Encode()));

        var seconds = Environment.GetEnvironmentVariable("ACTORS_FUZZ_SECONDS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        var seed = seconds > 0 ? Environment.TickCount : 1;
        var random = new Random(seed);
        var until = Environment.TickCount64 + (seconds * 1000L);
        for (var i = 0; i < Tries || Environment.TickCount64 < until; i++)
        {
            var bytes = Changed(random, samples[random.Next(samples.Count)]);
            if (Decode(bytes, seed) is { } again)
            {
                Assert.True(bytes.AsSpan().SequenceEqual(again), $"seed {seed}: {Convert.ToHexString(bytes)} encodes as {Convert.ToHexString(again)}");
            }
        }
    }

    [Fact]
    public async Task A_batch_of_another_version_with_unknown_flags_or_too_long_is_refused_by_name()
    {
        await using var node = new TestNode();
        var good = (await SamplesAsync(node))[^1];

        Assert.Contains("version 2, expected 1", Refusal([2, .. good[1..]]), StringComparison.Ordinal);
        Assert.Contains("flags 8", Refusal([1, 8, .. good[2..]]), StringComparison.Ordinal);
        Assert.Contains("flags 3", Refusal([1, 3, .. good[2..]]), StringComparison.Ordinal);
        Assert.Contains("at most 1048576", Refusal(new byte[RelayBatch.BytesMax + 1]), StringComparison.Ordinal);
        Assert.Contains("left over", Refusal([.. good, 0]), StringComparison.Ordinal);
    }

    /// <summary>A confirmation; packets; packets and acknowledgements; nothing but a header.</summary>
    private static async Task<List<byte[]>> SamplesAsync(TestNode node)
    {
        var pair = await TestPair.CreateAsync(node);
        await pair.Home.CommitAsync(pair.Out(700), pair.Out(5, recipient: 999));
        await TestPair.SettledAsync(pair.Home);
        await pair.Away.CommitAsync(pair.Back(300), pair.Back(1));
        var (home, away) = ((IRelayEnd)pair.Home.Chain, (IRelayEnd)pair.Away.Chain);
        var batches = new[]
        {
            await home.ExportAsync(1, default, default),
            await away.ExportAsync(1, new RelayCursor(1, 0, 0, 0, true), default),
            await away.ExportAsync(1, new RelayCursor(1, 0, 0, 1, true), default),
            await away.ExportAsync(1, new RelayCursor(1, 0, Limits.SequenceMax, 0, true), default),
            await home.ExportPositionAsync(1, new RelayCursor(1, 0, 2, 2, true), default),
        };
        Assert.Equal((2, 1), (batches[1]!.PacketCount, batches[1]!.AcknowledgementCount));
        return [.. batches.Select(batch => batch!.Encode())];
    }

    private static byte[] Changed(Random random, byte[] bytes)
    {
        var list = bytes.ToList();
        for (var changes = random.Next(1, 4); changes > 0; changes--)
        {
            var at = random.Next(list.Count);
            switch (random.Next(6))
            {
                case 0:
                    list[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    list[at] = Telling[random.Next(Telling.Length)];
                    break;
                case 2:
                    list.RemoveRange(at, random.Next(1, Math.Min(list.Count - at, 8) + 1));
                    break;
                case 3:
                    list.InsertRange(at, Enumerable.Range(0, random.Next(1, 12)).Select(_ => Telling[random.Next(Telling.Length)]));
                    break;
                case 4:
                    list.RemoveRange(at, list.Count - at);
                    break;
                default:
                    list.Add((byte)random.Next(256));
                    break;
            }

            if (list.Count == 0)
            {
                break;
            }
        }

        return [.. list];
    }

    private static byte[]? Decode(byte[] bytes, int seed)
    {
        try
        {
            return RelayBatch.Decode(bytes).Encode();
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

    private static string Refusal(byte[] bytes) => Assert.Throws<MalformedException>(() => RelayBatch.Decode(bytes)).Message;
}
