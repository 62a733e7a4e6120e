using System.Text.Json.Serialization;
using Actors.Ledger;
using Actors.Ledger.Operations;

namespace Actors.Gateway.Json.Operations;

/// <summary>One operation in JSON; `type` says which. The concepts' files beside this one hold a record for each.</summary>
internal abstract record OperationJson
{
    /// <summary>One run with the next operation: all or nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    [JsonPropertyOrder(100)]
    public bool Linked { get; init; }

    /// <exception cref="Ledger.Wire.MalformedException">A value is out of its range.</exception>
    /// <exception cref="Problems.RefusedException">It names an account of another chain.</exception>
    internal abstract IOperation ToOperation(ChainId chain);
}
