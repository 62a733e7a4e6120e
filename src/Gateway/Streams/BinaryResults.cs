using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Actors.Engine.Views;
using Actors.Gateway.Problems;
using Actors.Ledger.Hashing;
using Actors.Ledger.Wire;

namespace Actors.Gateway.Streams;

/// <summary>Results in binary, each after its length in four bytes (docs/http-api.md, Streams).</summary>
internal sealed class BinaryResults : IResultFormat
{
    public const string Type = "application/vnd.actors.results";
    private const byte Version = 1;
    private const ushort NoOutcome = 0xFFFF;
    private const byte RecordedBit = 1;
    private const byte AlreadyCommittedBit = 2;
    private const byte OperationBit = 4;
    private const int DetailBytesMax = 1_024;
    private readonly WireWriter _writer = new();

    public string ContentType => Type;

    public int Write(IBufferWriter<byte> output, Answer answer, long item)
    {
        _writer.Clear();
        WriteResult(answer);
        var length = sizeof(uint) + _writer.Length;
        var span = output.GetSpan(length);
        BinaryPrimitives.WriteUInt32BigEndian(span, (uint)_writer.Length);
        _writer.Written.CopyTo(span[sizeof(uint)..]);
        output.Advance(length);
        return length;
    }

    private void WriteResult(Answer answer)
    {
        var recorded = answer.Result?.Recorded;
        var operation = AnswerJson.OperationOf(answer);
        _writer.U8(Version);
        _writer.U16((ushort)answer.Status);
        _writer.U16((ushort?)answer.Outcome ?? NoOutcome);
        _writer.U8((byte)((recorded is null ? 0 : RecordedBit) | (answer.AlreadyCommitted ? AlreadyCommittedBit : 0) | (operation is null ? 0 : OperationBit)));
        _writer.Hash(answer.Id?.Value ?? Hash256.Zero);
        if (operation is { } index)
        {
            _writer.U32((uint)index);
        }

        if (recorded is null)
        {
            WriteDetail(answer.Detail ?? "");
        }
        else
        {
            WriteRecorded(recorded);
        }
    }

    private void WriteRecorded(RecordedResult recorded)
    {
        _writer.U64(recorded.Place.Height.Value);
        _writer.U32((uint)recorded.Place.Index);
        _writer.U64(recorded.Time.Ms);
        _writer.U32((uint)recorded.Effect.Operations.Count);
        foreach (var effect in recorded.Effect.Operations)
        {
            _writer.U32((uint)effect.Operation);
            _writer.U16((ushort)effect.Outcome);
            _writer.U64(effect.Created);
            _writer.U32((uint)effect.Settlements.Count);
            foreach (var settlement in effect.Settlements)
            {
                _writer.U64(settlement.Pending.Value);
                _writer.U64(settlement.Debit.Value);
                _writer.U64(settlement.Credit.Value);
                _writer.U64((ulong)settlement.Posted);
                _writer.U64((ulong)settlement.Released);
            }
        }
    }

    private void WriteDetail(string detail)
    {
        var bytes = Encoding.UTF8.GetBytes(detail);
        var length = Math.Min(bytes.Length, DetailBytesMax);
        _writer.U16((ushort)length);
        _writer.Bytes(bytes.AsSpan(0, length));
    }
}
