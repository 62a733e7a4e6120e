using Actors.Ledger;

namespace Actors.Gateway.Transactions;

/// <summary>Bounds of what is submitted.</summary>
internal static class SubmissionLimits
{
    public const int EnvelopeBytesMax = Limits.EnvelopeBytesMax;

    /// <summary>A full envelope in JSON.</summary>
    public const int JsonBytesMax = 4 << 20;
}
