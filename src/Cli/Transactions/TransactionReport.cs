using System.Globalization;
using System.Text.Json.Nodes;
using Actors.Cli.Client;
using Actors.Cli.Terminals;
using Actors.Ledger;
using Actors.Ledger.Accounts;
using Actors.Ledger.Operations;
using Actors.Ledger.Transactions;

namespace Actors.Cli.Transactions;

/// <summary>Says what became of a transaction; the exit code is 1 unless all of it was done.</summary>
internal static class TransactionReport
{
    public static int Write(Session session, ChainId chain, Transaction? transaction, Answered<TransactionAnswer> answered, IReadOnlyList<string>? more = null)
    {
        var answer = answered.Value;
        AddAddresses(chain, transaction, answered.Json);
        session.Answer(answered.Json, Lines(chain, transaction, answer).Concat(more ?? []));
        if (answer.Outcome != Outcome.Committed)
        {
            throw new RefusedException(answer.Outcome, answer.Detail ?? $"on record in block {answer.Height}", answer.Id);
        }

        if (answer.Operations.FirstOrDefault(operation => operation.Outcome != Outcome.Committed) is { } refused)
        {
            throw new RefusedException(refused.Outcome, $"operation {refused.Operation} of a bulk", answer.Id);
        }

        return ExitCode.Fine;
    }

    /// <summary>Account numbers get the address beside them that every other command takes.</summary>
    private static void AddAddresses(ChainId chain, Transaction? transaction, JsonObject json)
    {
        foreach (var operation in json["operations"]?.AsArray() ?? [])
        {
            if (transaction is not null && operation?["created"] is { } created
                && (OperationType)transaction.Operation(operation["operation"]!.GetValue<int>())[0] == OperationType.OpenAccounts)
            {
                operation["address"] = new Address(chain, new AccountNumber(ulong.Parse(created.GetValue<string>(), CultureInfo.InvariantCulture))).ToString();
            }
        }
    }

    private static IEnumerable<string> Lines(ChainId chain, Transaction? transaction, TransactionAnswer answer)
    {
        if (answer.Outcome != Outcome.Committed)
        {
            yield break;
        }

        var again = answer.AlreadyCommitted ? " (it was before: this is the first answer again)" : "";
        yield return $"committed in block {answer.Height} as transaction {answer.Id}{again}";
        foreach (var operation in answer.Operations.Where(operation => operation.Outcome == Outcome.Committed))
        {
            if (operation.Created is { } created)
            {
                yield return Created(chain, transaction, operation.Operation, created);
            }

            foreach (var settlement in operation.Settlements)
            {
                yield return $"pending {settlement.Pending}: posted {settlement.Posted}, released {settlement.Released} (minor units)";
            }
        }
    }

    private static string Created(ChainId chain, Transaction? transaction, int index, ulong number) =>
        (transaction is null ? null : OperationCodec.Read(transaction.Operation(index))) switch
        {
            OpenAccounts { Count: 1 } => $"account {new Address(chain, new AccountNumber(number))}",
            OpenAccounts range => $"accounts {new Address(chain, new AccountNumber(number))} to {new Address(chain, new AccountNumber(number + range.Count - 1))}",
            { Type: OperationType.OpenKeyset } => $"keyset {number}",
            { Type: OperationType.CreateAsset } => $"asset {number}",
            { Type: OperationType.Send or OperationType.SendMessage } => $"packet {number}",
            { Type: OperationType.Pending } => $"pending {number}",
            _ => $"operation {index} created number {number}",
        };
}
