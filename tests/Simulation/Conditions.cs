namespace Actors.Simulation;

/// <summary>What must have happened at least once over the fixed seeds. When a change of the engine makes one rare, make it likelier again.</summary>
internal static class Conditions
{
    private static readonly string[] Faults =
    [
        "CrashBefore Append", "CrashAfter Append", "UnknownWithEffect Append", "UnknownWithoutEffect Append", "Full Append", "Unavailable Append",
        "CrashBefore WritePages", "CrashBefore SwitchSnapshot", "CrashBefore DropSuperseded", "CrashBefore ReadPage", "CrashBefore ReadLog",
        "a snapshot failed", "a snapshot of unknown outcome", "an append took a new epoch beside a snapshot",
        "the fence was lost", "a current read found the fence lost", "two writers at once", "two blocks were taken back",
        "the clock stopped writing", "the clock stopped expiry", "execution met an unavailable store",
        "a lying disk lost the end of the log", "a store below its head file was refused", "a start failed and was tried again",
    ];

    private static readonly string[] Paths =
    [
        "replay after a snapshot", "replay from the genesis", "a snapshot was written", "an append beside a snapshot",
        "a page was loaded from the snapshot", "a collapsed pending was read", "pendings expired", "a group expired",
        "a header carried an earlier state root", "a cut was computed after its block was committed", "a stretch of ids was closed",
        "the sealing key was changed", "a receipt went over several key changes", "a statement file was verified",
        "a used account was proven", "an untouched account was proven", "an account was proven not to exist",
        "an expired id was found in the log", "the first answer was AlreadyCommitted", "sent again with a bad signature",
        "a lookup found a place", "a lookup said expired", "a lookup said not found",
        "answer Committed", "answer AlreadyCommitted", "answer Expired", "answer BadSignature", "answer MissingSignature",
        "answer SealingKeyUnknown", "answer UnsupportedVersion", "answer BelowFloor",
        "fault WritesStoppedException", "fault OutcomePendingException", "fault ChainStoppedException",
    ];

    public static IEnumerable<string> Missing(IReadOnlyDictionary<string, int> seen) =>
        Faults.Concat(Paths).Where(condition => !seen.ContainsKey(condition));
}
