using Actors.Ledger.Signing;
using Actors.Ledger.State;

namespace Actors.Ledger.Keysets;

/// <summary>Keysets and their further keys.</summary>
internal sealed class KeysetTable(PagedTable keysets, PagedTable keys)
{
    public uint Count => (uint)keysets.Count;

    public bool Exists(ulong number) => number > 0 && number <= keysets.Count;

    public ref readonly KeysetRecord Read(uint number) => ref RecordLayout.As<KeysetRecord>(keysets.Read(number));

    /// <summary>Key <paramref name="index"/> of a keyset and its weight.</summary>
    public WeightedKey KeyAt(in KeysetRecord keyset, int index)
    {
        if (index == 0)
        {
            return new WeightedKey(keyset.FirstKey, keyset.FirstWeight);
        }

        ref readonly var record = ref RecordLayout.As<KeyRecord>(keys.Read(keyset.Rest + (ulong)index - 1));
        return new WeightedKey(record.Key, record.Weight);
    }

    public KeysetDefinition Definition(uint number)
    {
        var record = Read(number);
        var members = new WeightedKey[record.KeyCount];
        for (var i = 0; i < members.Length; i++)
        {
            members[i] = KeyAt(record, i);
        }

        return new KeysetDefinition(record.Threshold, members);
    }

    public uint Open(KeysetDefinition definition, ulong height)
    {
        var number = (uint)keysets.Add();
        Fill(number, definition, height, runLength: 0);
        return number;
    }

    public void Change(uint number, KeysetDefinition definition, ulong height) =>
        Fill(number, definition, height, runLength: Read(number).KeyCount - 1);

    private void Fill(uint number, KeysetDefinition definition, ulong height, int runLength)
    {
        var rest = definition.Keys.Count - 1;
        ref var record = ref RecordLayout.As<KeysetRecord>(keysets.Write(number));
        record.FirstKey = definition.Keys[0].Key;
        record.FirstScheme = (byte)SignatureScheme.Es256;
        record.FirstWeight = definition.Keys[0].Weight;
        record.KeyCount = (byte)definition.Keys.Count;
        record.Threshold = definition.Threshold;
        record.ChangedAt = height;
        if (rest > runLength)
        {
            record.Rest = keys.Add((ulong)rest);
        }
        else if (rest == 0)
        {
            record.Rest = 0;
        }

        for (var i = 0; i < rest; i++)
        {
            ref var key = ref RecordLayout.As<KeyRecord>(keys.Write(record.Rest + (ulong)i));
            key.Key = definition.Keys[i + 1].Key;
            key.Scheme = (byte)SignatureScheme.Es256;
            key.Weight = definition.Keys[i + 1].Weight;
        }
    }
}
