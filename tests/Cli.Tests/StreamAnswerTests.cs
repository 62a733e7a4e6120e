using Actors.Cli.Client;
using Actors.Ledger.Hashing;
using Actors.Ledger.Transactions;
using Actors.Ledger.Wire;

namespace Actors.Cli.Tests;

/// <summary>Binary results, written by hand from docs/http-api.md.</summary>
public sealed class StreamAnswerTests
{
    [Fact]
    public void A_recorded_bulk_names_the_operations_that_failed()
    {
        var writer = Begin(status: 201, outcome: 0, flags: 1);
        writer.U64(7);
        writer.U32(0);
        writer.U64(1_764_000_000_123);
        writer.U32(2);
        writer.U32(4);
        writer.U16(331);
        writer.U64(0);
        writer.U32(0);
        writer.U32(9);
        writer.U16(0);
        writer.U64(0);
        writer.U32(1);
        writer.Bytes(new byte[40]);
        var answer = StreamAnswer.Decode(writer.Written);
        Assert.Equal((201, Outcome.Committed, true), (answer.Status, answer.Outcome, answer.Recorded));
        Assert.Equal([4], answer.Refused!);
    }

    [Fact]
    public void What_the_ledger_did_not_say_has_a_status_and_a_reason()
    {
        var writer = Begin(status: 429, outcome: 0xFFFF, flags: 0);
        writer.U16(4);
        writer.Bytes("full"u8);
        var answer = StreamAnswer.Decode(writer.Written);
        Assert.Null(answer.Outcome);
        Assert.Equal((429, false, "full"), (answer.Status, answer.Recorded, answer.Detail));
    }

    [Fact]
    public void A_result_that_is_cut_short_is_refused()
    {
        var writer = Begin(status: 422, outcome: 110, flags: 4);
        writer.U32(0);
        Assert.Throws<MalformedException>(() => StreamAnswer.Decode(writer.Written));
    }

    private static WireWriter Begin(ushort status, ushort outcome, byte flags)
    {
        var writer = new WireWriter();
        writer.U8(1);
        writer.U16(status);
        writer.U16(outcome);
        writer.U8(flags);
        writer.Hash(Hash256.Zero);
        return writer;
    }
}
