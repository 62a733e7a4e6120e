namespace Actors.Cli.Terminals;

/// <summary>Names and values in two columns, as plain text that looks the same in a terminal, a pipe and a document.</summary>
internal static class Table
{
    public static IEnumerable<string> Of(params (string Name, string? Value)[] rows)
    {
        var width = rows.Max(row => row.Name.Length);
        return rows.Where(row => row.Value is not null).Select(row => row.Name.PadRight(width + 2) + row.Value);
    }
}
