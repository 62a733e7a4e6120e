using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Actors.Deploy.Tests.Images;

/// <summary>
/// What <c>docker build .</c> sends from a fresh clone: the files under version control, without those that .dockerignore leaves out. Paths are relative, with '/'.
/// </summary>
internal sealed class BuildContext
{
    private const int ListMaxMs = 60_000;

    private BuildContext(IReadOnlyList<string> tracked, IReadOnlyList<string> files) => (Tracked, Files) = (tracked, files);

    public IReadOnlyList<string> Tracked { get; }

    /// <summary>Those of them that are sent.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>Null where the repository is not a clone, so that nobody can say what a clone would hold.</summary>
    public static BuildContext? TryRead()
    {
        var ignore = IgnoreRule(File.ReadAllLines(Path.Combine(RepositoryRoot.Path, ".dockerignore")));
        return TryListTracked() is { } tracked ? new BuildContext(tracked, [.. tracked.Where(file => !ignore(file))]) : null;
    }

    /// <summary>The rules that are in use: a name, with ** for any number of folders. What lies under an ignored folder is ignored.</summary>
    public static Func<string, bool> IgnoreRule(IEnumerable<string> lines)
    {
        var rules = lines.Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#').Select(rule =>
        {
            Assert.False(rule[0] == '!' || rule.IndexOfAny(['?', '[', '\\']) >= 0, $"these tests do not know what '{rule}' ignores");
            var pattern = Regex.Escape(rule.Trim('/')).Replace(@"\*\*/", "(.*/)?", StringComparison.Ordinal).Replace(@"\*\*", ".*", StringComparison.Ordinal).Replace(@"\*", "[^/]*", StringComparison.Ordinal);
            return new Regex($"^{pattern}(/.*)?$");
        }).ToArray();
        return file => rules.Any(rule => rule.IsMatch(file));
    }

    private static string[]? TryListTracked()
    {
        try
        {
            using var git = Process.Start(new ProcessStartInfo("git", ["-C", RepositoryRoot.Path, "ls-files", "-z"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var errors = git.StandardError.ReadToEndAsync();
            var files = git.StandardOutput.ReadToEnd().Split('\0', StringSplitOptions.RemoveEmptyEntries);
            Assert.True(git.WaitForExit(ListMaxMs), "expected git to end");
            _ = errors.Result;
            return git.ExitCode == 0 && files.Length > 0 ? [.. files.Where(file => File.Exists(Path.Combine(RepositoryRoot.Path, file)))] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // there is no git
        }
    }
}
