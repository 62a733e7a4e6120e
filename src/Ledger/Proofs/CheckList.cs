namespace Actors.Ledger.Proofs;

/// <summary>Whether something holds, and the sentence that says so.</summary>
internal readonly record struct Finding(bool Holds, string Sentence)
{
    public static Finding Pass(string sentence) => new(true, sentence);

    public static Finding Fail(string sentence) => new(false, sentence);
}

/// <summary>The checks of one verification, in order; those that nothing was found about were not run.</summary>
internal sealed class CheckList(IReadOnlyList<string> names)
{
    public const string NotRun = "not run: an earlier check failed";
    private readonly List<Check> _checks = [.. names.Select(name => new Check(name, CheckStatus.NotRun, NotRun))];
    private readonly Dictionary<string, int> _places = names.Index().ToDictionary(name => name.Item, name => name.Index);

    public IReadOnlyList<Check> Checks => _checks;

    public bool Add(string name, in Finding finding)
    {
        var check = new Check(name, finding.Holds ? CheckStatus.Passed : CheckStatus.Failed, finding.Sentence);
        if (!_places.TryGetValue(name, out var at))
        {
            throw new ArgumentException($"no check is named {name}", nameof(name));
        }

        _checks[at] = check;
        return finding.Holds;
    }
}
