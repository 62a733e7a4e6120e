namespace Actors.Ledger.Tests.Vectors;

/// <summary>A test that runs node, skipped where there is none on the PATH.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NodeFactAttribute : FactAttribute
{
    public NodeFactAttribute()
    {
        if (Node is null)
        {
            Skip = "node is not on the PATH; the second verifier runs on node 20 or later";
        }
    }

    public static string? Node { get; } = Find(OperatingSystem.IsWindows() ? "node.exe" : "node");

    private static string? Find(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => Path.Combine(folder, name))
        .FirstOrDefault(File.Exists);
}
