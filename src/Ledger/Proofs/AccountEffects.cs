using Actors.Ledger.Blocks;
using Actors.Ledger.Channels;
using Actors.Ledger.Channels.Packets;
using Actors.Ledger.Operations;
using Actors.Ledger.Pendings;
using Actors.Ledger.Transactions;
using Actors.Ledger.Transfers;
using Actors.Ledger.Wire;

namespace Actors.Ledger.Proofs;

/// <summary>
/// Finds what in a block changed an account's record: transfers, sends, pendings and settings that name it, also as a thing that
/// their transaction created; settlements of its pendings; expiries; packets received and refunded. Opening an account and giving it an alias leave its record as
/// it is and are not among them. Statements are made and verified with this.
/// </summary>
public static class AccountEffects
{
    /// <summary>Expiries first, which came first, then operation by operation, then what packets moved.</summary>
    public static IReadOnlyList<AccountEffect> Of(Block block, AccountNumber account)
    {
        var effects = new List<AccountEffect>();
        var expiries = (int)block.Header.ExpiryLeafCount;
        for (var i = 0; i < expiries; i++)
        {
            var leaf = block.Transactions.Count + i;
            AppendExpiries(effects, account, leaf, EffectLeaf.ReadExpiries(block.EffectLeaves[leaf].Span));
        }

        for (var i = 0; i < block.Transactions.Count; i++)
        {
            Append(effects, account, i, OperationList.Of(block.Transactions[i].Transaction), block.Effect(i));
        }

        for (var leaf = (int)block.Header.FirstPacketLeaf; leaf < (int)block.Header.FirstTouchLeaf; leaf++)
        {
            AppendPackets(effects, account, leaf, EffectLeaf.ReadPackets(block.EffectLeaves[leaf].Span));
        }

        return effects;
    }

    internal static void AppendPackets(List<AccountEffect> into, AccountNumber account, int leaf, IReadOnlyList<PacketEffect> packets)
    {
        foreach (var packet in packets)
        {
            if (packet.Debit == account || packet.Credit == account)
            {
                into.Add(new AccountEffect(leaf, null, null, packet.Posted, packet.Debit == account ? -packet.Amount : packet.Amount) { Packet = packet });
            }
        }
    }

    internal static void AppendExpiries(List<AccountEffect> into, AccountNumber account, int leaf, IReadOnlyList<Settlement> expired)
    {
        foreach (var settlement in expired)
        {
            if (settlement.Debit == account || settlement.Credit == account)
            {
                into.Add(new AccountEffect(leaf, null, null, settlement, PostedChange(settlement, account)));
            }
        }
    }

    /// <summary>The effects of the operations held, which are all or one of transaction <paramref name="transaction"/>.</summary>
    internal static void Append(List<AccountEffect> into, AccountNumber account, int transaction, OperationList operations, TransactionEffect effect)
    {
        if (effect.Outcome != Outcome.Committed)
        {
            return;
        }

        for (var i = operations.First; i < operations.End; i++)
        {
            var own = effect.Find(i);
            if (own.Outcome != Outcome.Committed)
            {
                continue;
            }

            if (Names(account, operations, i, effect))
            {
                var operation = operations.Decode(i);
                into.Add(new AccountEffect(transaction, i, operation, null, PostedChange(operation, account, operations, effect)));
            }

            foreach (var settlement in own.Settlements)
            {
                if (settlement.Debit == account || settlement.Credit == account)
                {
                    into.Add(new AccountEffect(transaction, i, operations.Decode(i), settlement, PostedChange(settlement, account)));
                }
            }
        }
    }

    /// <summary>Whether the operation names an account that the operation itself does not tell the number of.</summary>
    internal static bool NamesCreated(ReadOnlySpan<byte> operation)
    {
        var reader = new WireReader(operation[2..]);
        for (var i = AccountsNamed((OperationType)operation[0]); i > 0; i--)
        {
            if (AccountReference.Read(ref reader).IsCreated)
            {
                return true;
            }
        }

        return false;
    }

    private static bool Names(AccountNumber account, OperationList operations, int index, TransactionEffect effect)
    {
        var reader = new WireReader(operations[index][2..]);
        for (var i = AccountsNamed(operations.Type(index)); i > 0; i--)
        {
            if (Resolve(AccountReference.Read(ref reader), operations, effect) == account)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>How many account references the fields of an operation that changes accounts begin with.</summary>
    private static int AccountsNamed(OperationType type) => type switch
    {
        OperationType.Transfer or OperationType.Pending or OperationType.Send or OperationType.PendingDelivery => 2,
        OperationType.SetFloor or OperationType.SetCeiling or OperationType.Freeze or OperationType.Close => 1,
        _ => 0,
    };

    internal static AccountNumber? Resolve(in AccountReference reference, OperationList operations, TransactionEffect effect)
    {
        if (!reference.IsCreated)
        {
            return new AccountNumber(reference.Value);
        }

        return operations.Creating(reference.Value) is { } creating && effect.Find(creating) is { Created: > 0 } entry
            ? new AccountNumber(entry.Created + reference.Offset)
            : null;
    }

    private static long PostedChange(IOperation operation, AccountNumber account, OperationList operations, TransactionEffect effect) => operation switch
    {
        Transfer transfer => Resolve(transfer.Debit, operations, effect) == account ? -transfer.Amount : transfer.Amount,
        Send send => send.Through == account ? send.Amount : -send.Amount,
        _ => 0,
    };

    private static long PostedChange(in Settlement settlement, AccountNumber account) =>
        settlement.Debit == account ? -settlement.Posted : settlement.Posted;
}
