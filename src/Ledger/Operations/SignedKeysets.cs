using Actors.Ledger.Keysets;
using Actors.Ledger.Signing;
using Actors.Ledger.State;

namespace Actors.Ledger.Operations;

/// <summary>
/// Which keysets the keys that signed a transaction satisfy, and as which key of which keyset each signer was found. Each keyset is weighed once. Keysets
/// count as they stand, or as the transaction itself opens them. One per chain, reused.
/// </summary>
internal sealed class SignedKeysets(ChainState state)
{
    private readonly Dictionary<KeysetIdentity, bool> _decided = [];
    private (KeysetIdentity Keyset, bool Satisfied)? _last;
    private PublicKey[] _signers = [];
    private SignerReference?[] _references = [];

    /// <summary>In order of signers; null for one that is in no keyset that was asked for.</summary>
    public IReadOnlyList<SignerReference?> References => _references;

    /// <summary>Signers that are in a keyset that was asked for.</summary>
    public byte ReferenceCount
    {
        get
        {
            byte count = 0;
            foreach (var reference in _references)
            {
                count += reference is null ? (byte)0 : (byte)1;
            }

            return count;
        }
    }

    public bool HasSurplus => !Array.TrueForAll(_references, reference => reference is not null);

    public void Begin(ReadOnlySpan<PublicKey> signers)
    {
        _decided.Clear();
        _last = null;
        if (_signers.Length != signers.Length)
        {
            _signers = new PublicKey[signers.Length];
            _references = new SignerReference?[signers.Length];
        }

        signers.CopyTo(_signers);
        Array.Clear(_references);
    }

    /// <param name="keyset">Which.</param>
    /// <param name="opened">What the transaction opens it as; null for one that stands.</param>
    public bool Satisfy(KeysetIdentity keyset, KeysetDefinition? opened)
    {
        if (_last is { } last && last.Keyset == keyset)
        {
            return last.Satisfied;
        }

        if (!_decided.TryGetValue(keyset, out var satisfied))
        {
            satisfied = opened is null ? CountStanding(keyset) : CountOpened(keyset, opened);
            _decided.Add(keyset, satisfied);
        }

        _last = (keyset, satisfied);
        return satisfied;
    }

    private bool CountStanding(KeysetIdentity keyset)
    {
        ref readonly var record = ref state.Keysets.Read(keyset.Number);
        var weight = Weigh(record.FirstKey, record.FirstWeight, keyset, 0);
        for (var i = 1; i < record.KeyCount; i++)
        {
            var (key, keyWeight) = state.Keysets.KeyAt(record, i);
            weight += Weigh(key, keyWeight, keyset, i);
        }

        return weight >= record.Threshold;
    }

    private bool CountOpened(KeysetIdentity keyset, KeysetDefinition definition)
    {
        var weight = 0;
        for (var i = 0; i < definition.Keys.Count; i++)
        {
            weight += Weigh(definition.Keys[i].Key, definition.Keys[i].Weight, keyset, i);
        }

        return weight >= definition.Threshold;
    }

    private int Weigh(in PublicKey key, byte weight, KeysetIdentity keyset, int keyIndex)
    {
        for (var i = 0; i < _signers.Length; i++)
        {
            if (_signers[i] == key)
            {
                _references[i] ??= new SignerReference(keyset, (byte)keyIndex);
                return weight;
            }
        }

        return 0;
    }
}
