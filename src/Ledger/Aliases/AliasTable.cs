using System.Text;
using Actors.Ledger.State;

namespace Actors.Ledger.Aliases;

/// <summary>Aliases, and the index over them, which is rebuilt from the table and not part of the state root.</summary>
internal sealed class AliasTable(PagedTable aliases)
{
    private readonly Dictionary<(uint Keyset, string Alias), (ulong Account, ulong Number)> _accounts = [];
    private readonly List<(uint Keyset, string Alias)> _keys = [];

    public ulong Count => aliases.Count;

    public ulong? Find(uint keyset, string alias) => Find(keyset, alias, through: Count);

    /// <summary>The account, if the alias is among the first <paramref name="through"/> of the table.</summary>
    public ulong? Find(uint keyset, string alias, ulong through) =>
        _accounts.TryGetValue((keyset, alias), out var found) && found.Number <= through ? found.Account : null;

    public void Add(ulong account, uint keyset, string alias)
    {
        ref var record = ref RecordLayout.As<AliasRecord>(aliases.Write(aliases.Add()));
        record.Account = account;
        record.Keyset = keyset;
        record.Length = (byte)Encoding.Latin1.GetBytes(alias, record.Alias.AsSpan());
        Index(keyset, alias, account);
    }

    /// <summary>Brings the index back in line after a roll-back or a load.</summary>
    public void Reindex()
    {
        while (_keys.Count > (int)aliases.Count)
        {
            _accounts.Remove(_keys[^1]);
            _keys.RemoveAt(_keys.Count - 1);
        }

        while (_keys.Count < (int)aliases.Count)
        {
            var record = RecordLayout.As<AliasRecord>(aliases.Read((ulong)_keys.Count + 1));
            Index(record.Keyset, Encoding.Latin1.GetString(record.Alias.AsSpan()[..record.Length]), record.Account);
        }
    }

    private void Index(uint keyset, string alias, ulong account)
    {
        _keys.Add((keyset, alias));
        _accounts.Add((keyset, alias), (account, (ulong)_keys.Count));
    }
}
