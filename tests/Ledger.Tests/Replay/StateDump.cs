using System.Text;
using Actors.Ledger.State;
using Actors.Ledger.Transactions;

namespace Actors.Ledger.Tests.Replay;

/// <summary>
/// Everything a chain's state says, as text to compare: every byte of every table and of the slots after its last, the indexes, what
/// is due, which ids are open, and the head.
/// </summary>
internal static class StateDump
{
    private const int SlotsPastTheEnd = 130;

    /// <summary>Tables and what is derived from them.</summary>
    public static string Of(ChainState state)
    {
        var text = new StringBuilder();
        foreach (var table in state.Tables.All)
        {
            text.AppendLine($"{table.Shape.Id} {table.Count}");
            for (ulong number = 1; number <= table.Count + SlotsPastTheEnd; number++)
            {
                var record = table.Read(number);
                if (record.ContainsAnyExcept((byte)0))
                {
                    text.AppendLine($"{number} {Convert.ToHexString(record)}");
                }
            }
        }

        text.AppendLine($"due {state.Pendings.NextDueMs()} channels {state.Channels.Root()}");
        for (var i = 0; i < 40; i++)
        {
            text.Append($"A{i} {state.Assets.Find($"A{i}")} {state.Assets.IsTaken($"A{i}")} ");
            for (uint keyset = 1; keyset <= state.Keysets.Count + 2; keyset++)
            {
                text.Append(state.Aliases.Find(keyset, $"n{i}")).Append(',');
            }
        }

        return text.ToString();
    }

    /// <summary>The head, and which of <paramref name="ids"/> are open and where.</summary>
    public static string OfHead(ChainState state, IEnumerable<TransactionId> ids)
    {
        var open = ids.Distinct().Select(id => state.Ids.TryFind(id, out var place) ? $"{id} {place}" : "").Where(line => line.Length > 0);
        return $"{state.Head.Height} {state.Head.HeaderHash} {state.Head.TimeMs} {state.Head.StateHeight} {state.Head.StateRoot} "
            + $"{state.Head.History.Root()} {state.Ids.Count}\n{string.Join('\n', open)}";
    }
}
